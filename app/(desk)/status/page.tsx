import type { Metadata } from "next";
import { useFormatter, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Instant } from "@/components/channel/values";
import { ClientMessages } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";
import { requirePermission } from "@/lib/auth/require";
import { env } from "@/lib/env";
import manifest from "@/package.json";
import { AppList } from "./app-list";
import { DeliveriesTable } from "./deliveries-table";
import { Fact, Facts, Section } from "./elements";
import { HealthTable } from "./health-table";
import { JobsTable, RunsTable } from "./jobs-tables";
import { type Status as Answer, readStatus } from "./read-status";
import { CheckedAt, RefreshButton } from "./refresh-button";
import { SnapshotCounting, SnapshotFacts } from "./snapshot-facts";
import { Verdict } from "./verdict";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("status") };
}

/** The state of the desk: its apps and its background work. */
export default async function StatusPage() {
  await requirePermission("status");
  const [rooms, answer] = await Promise.all([getTranslations("rooms"), readStatus(null)]);
  return (
    <ClientMessages namespaces={["status", "failed"]}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="mr-auto font-semibold text-title">{rooms("status")}</h1>
          {answer.ok && <CheckedAt at={answer.value.readAt} />}
          <RefreshButton />
        </div>
        {answer.ok ? (
          <Status status={answer.value} />
        ) : (
          <Alert>
            <p className="font-medium">{answer.failure.happened}</p>
            <p>{answer.failure.remedy}</p>
          </Alert>
        )}
      </div>
    </ClientMessages>
  );
}

function Status({ status }: { status: Answer }) {
  const t = useTranslations("status");
  const { lookups, jobs, health, runs, deliveries, readAt } = status;
  const { chatApps, digest } = env();
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
        {digest === null ? (
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
