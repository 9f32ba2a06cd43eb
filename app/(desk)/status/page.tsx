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
import { readStatus } from "./read-status";
import { RefreshButton } from "./refresh-button";
import { SnapshotCounting, SnapshotFacts } from "./snapshot-facts";

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
          {answer.ok && <ReadAt at={answer.value.readAt} />}
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

function ReadAt({ at }: { at: Date }) {
  const t = useTranslations("status");
  const format = useFormatter();
  return (
    <p className="text-muted">
      <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
        {t("readAt", { time: format.dateTime(at, "time") })}
      </time>
    </p>
  );
}

type Answer = Extract<Awaited<ReturnType<typeof readStatus>>, { ok: true }>["value"];

function Status({ status }: { status: Answer }) {
  const t = useTranslations("status");
  const { jobs, health, runs, deliveries, readAt } = status;
  const { chatApps, digest } = env();
  const defaultApp = chatApps[0]?.slug ?? "";
  return (
    <>
      <Section title={t("apps.title")}>
        <AppList apps={chatApps} />
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

function DeskFacts({ status: { lastCallbackAt, readAt } }: { status: Answer }) {
  const t = useTranslations("status.desk");
  const format = useFormatter();
  return (
    <Facts>
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
