import { useTranslations } from "next-intl";
import { UntrustedText } from "@/components/channel/text";
import type { LookupHealth } from "@/lib/audit/list";
import type { ChatApp } from "@/lib/env-services";
import { ConnectionTest } from "./connection-test";
import { Fact, Facts, TableLink } from "./elements";
import { failedLookupsAddress } from "./verdict";

type AppListProps = { apps: readonly ChatApp[]; lookups: readonly LookupHealth[] };

/** The configured apps without secrets, each with its recent lookups and a connection test. */
export function AppList({ apps, lookups }: AppListProps) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-2">
      {apps.map((app) => (
        <li
          key={app.slug}
          className="grid grid-cols-[minmax(0,1fr)] content-start gap-3 rounded-control border border-line bg-raised p-3"
        >
          <AppFacts app={app} lookups={lookups.find((each) => each.app === app.slug)} />
          <ConnectionTest app={app.slug} name={app.name} />
        </li>
      ))}
    </ul>
  );
}

type AppFactsProps = { app: ChatApp; lookups: LookupHealth | undefined };

function AppFacts({ app, lookups }: AppFactsProps) {
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
        <Fact name={t("lastHour")}>
          <span>{t("lookups", { count: lookups?.total ?? 0 })}</span>
          {lookups && lookups.failed > 0 && (
            <>
              <span> · </span>
              <TableLink href={failedLookupsAddress(slug)}>
                {t("failedLookups", { count: lookups.failed })}
              </TableLink>
            </>
          )}
        </Fact>
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
