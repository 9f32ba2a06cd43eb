import type { Metadata } from "next";
import { useFormatter, useTranslations } from "next-intl";
import { getFormatter, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { FailureText } from "@/components/action/failure";
import { UntrustedText } from "@/components/channel/text";
import { Instant } from "@/components/channel/values";
import { ClientMessages } from "@/components/client-messages";
import { SmallTable } from "@/components/data-table/small-table";
import { Alert } from "@/components/ui/alert";
import type { LookupHealth } from "@/lib/audit/list";
import { requirePermission } from "@/lib/auth/require";
import { countSnapshots } from "@/lib/channels/rollup";
import { SNAPSHOT_RESOLUTIONS } from "@/lib/db/channel-schema";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { ChatApp } from "@/lib/env-services";
import manifest from "@/package.json";
import { CheckedAt, ConnectionTest, RefreshButton } from "./controls";
import { Fact, Facts, Section, TableLink } from "./elements";
import { type Status as Answer, readStatus } from "./read-status";
import { DeliveriesTable, HealthTable, JobsTable, RunsTable } from "./tables";
import { failedLookupsAddress, Verdict } from "./verdict";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("status") };
}

/** The state of the desk: its apps and its background work. */
export default async function StatusPage() {
  await requirePermission("status");
  const [pages, answer] = await Promise.all([getTranslations("pages"), readStatus(null)]);
  return (
    <ClientMessages namespaces={["status", "failed"]}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="mr-auto font-semibold text-title">{pages("status")}</h1>
          {answer.ok && <CheckedAt at={answer.value.readAt} />}
          <RefreshButton />
        </div>
        {answer.ok ? (
          <Status status={answer.value} />
        ) : (
          <Alert>
            <FailureText failure={answer.failure} />
          </Alert>
        )}
      </div>
    </ClientMessages>
  );
}

function Status({ status }: { status: Answer }) {
  const t = useTranslations("status");
  const { lookups, jobs, health, runs, deliveries, readAt } = status;
  const { chatApps, alertWebhook } = env();
  const defaultApp = chatApps[0]?.slug ?? "";
  return (
    <>
      <Verdict status={status} defaultApp={defaultApp} />
      <Section title={t("apps.title")}>
        <AppList apps={chatApps} lookups={lookups} />
        <KeyRotation />
      </Section>
      <Section title={t("watched.title")}>
        <HealthTable health={health} readAt={readAt} defaultApp={defaultApp} />
      </Section>
      <Section title={t("jobs.title")}>
        <JobsTable jobs={jobs} readAt={readAt} />
      </Section>
      <Section title={t("refreshes.title")}>
        <RunsTable runs={runs} readAt={readAt} />
      </Section>
      <Section title={t("snapshots.title")}>
        <Suspense fallback={<SnapshotCounting />}>
          <SnapshotFacts />
        </Suspense>
      </Section>
      <Section title={t("alerts.title")}>
        {alertWebhook === null ? (
          <p className="text-muted">{t("alerts.none")}</p>
        ) : (
          <DeliveriesTable deliveries={deliveries} readAt={readAt} defaultApp={defaultApp} />
        )}
      </Section>
      <Section title={t("desk.title")}>
        <DeskFacts status={status} />
      </Section>
    </>
  );
}

/** How to replace the secret key of an app. */
function KeyRotation() {
  const t = useTranslations("status.rotation");
  return (
    <details>
      <summary className="w-fit rounded-mark text-muted">{t("title")}</summary>
      <ol className="mt-2 ml-5 grid list-decimal gap-1">
        {(["get", "store", "restart", "test"] as const).map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </details>
  );
}

function DeskFacts({ status: { lastCallbackAt, readAt } }: { status: Answer }) {
  const t = useTranslations("status.desk");
  const format = useFormatter();
  return (
    <Facts>
      <Fact name={t("health")}>
        <a href="/api/health" className="text-accent-ink underline-offset-2 hover:underline">
          /api/health
        </a>
      </Fact>
      <Fact name={t("version")}>{manifest.version}</Fact>
      <Fact name={t("store")}>{t(env().database.kind)}</Fact>
      <Fact name={t("lastCallback")}>
        {lastCallbackAt ? (
          <Instant at={lastCallbackAt} since={readAt} format={format} />
        ) : (
          t("noCallback")
        )}
      </Fact>
    </Facts>
  );
}

type AppListProps = { apps: readonly ChatApp[]; lookups: readonly LookupHealth[] };

/** The configured apps without secrets, each with its recent lookups and a connection test. */
function AppList({ apps, lookups }: AppListProps) {
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

/** Shown while the snapshots are counted. */
function SnapshotCounting() {
  const t = useTranslations("status.snapshots");
  return <p className="animate-late text-muted">{t("counting")}</p>;
}

/** The number of snapshots and their retention. Slow with many snapshots. */
async function SnapshotFacts() {
  const [counts, t, format] = await Promise.all([
    database().then(countSnapshots),
    getTranslations("status.snapshots"),
    getFormatter(),
  ]);
  return (
    <>
      <SmallTable
        title={t("title")}
        columns={[
          { name: t("resolution") },
          { name: t("rows"), isNumber: true },
          { name: t("kept"), isNumber: true },
        ]}
        rows={SNAPSHOT_RESOLUTIONS.map((resolution) => ({
          key: resolution,
          cells: [
            t(`resolutions.${resolution}`),
            format.number(counts[resolution]),
            t("days", { days: env().snapshotDays[resolution] }),
          ],
        }))}
      />
      {counts.isMore && <p className="text-muted">{t("more")}</p>}
    </>
  );
}
