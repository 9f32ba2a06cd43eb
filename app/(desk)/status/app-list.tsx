import { useTranslations } from "next-intl";
import { UntrustedText } from "@/components/channel/text";
import type { ChatApp } from "@/lib/env-services";
import { ConnectionTest } from "./connection-test";
import { Fact, Facts } from "./elements";

/** The configured apps without secrets, each with a connection test. */
export function AppList({ apps }: { apps: readonly ChatApp[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-2">
      {apps.map((app) => (
        <li
          key={app.slug}
          className="grid grid-cols-[minmax(0,1fr)] content-start gap-3 rounded-control border border-line bg-raised p-3"
        >
          <AppFacts app={app} />
          <ConnectionTest app={app.slug} name={app.name} />
        </li>
      ))}
    </ul>
  );
}

function AppFacts({ app }: { app: ChatApp }) {
  const t = useTranslations("status.apps");
  const regions = useTranslations("regions");
  const { name, slug, sdkAppId, adminId, region, baseUrl, callbackToken } = app;
  return (
    <>
      <h3 className="flex min-w-0 items-baseline gap-2 font-medium">
        <UntrustedText text={name} className="min-w-0" />
        <span className="font-mono font-normal text-dense text-muted">{slug}</span>
      </h3>
      <Facts>
        <Fact name={t(region ? "region" : "baseUrl")}>
          {region ? regions(region) : <span className="break-all font-mono">{baseUrl}</span>}
        </Fact>
        <Fact name="SDKAppID">
          <span className="font-mono">{sdkAppId}</span>
        </Fact>
        <Fact name={t("adminId")}>
          <UntrustedText text={adminId} className="font-mono" />
        </Fact>
        <Fact name={t("callbacks")}>{t(callbackToken ? "callbacksOn" : "callbacksOff")}</Fact>
      </Facts>
    </>
  );
}
