import { useFormatter, useTranslations } from "next-intl";
import { Instant, ProblemCode } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import type { RefreshRun } from "@/lib/channels/refresh/health";
import type { DeskJob } from "@/lib/jobs/jobs";
import type { JobStatus } from "@/lib/jobs/status";
import { TechnicalText } from "./elements";

const TONES = { running: "neutral", waiting: "good", late: "warn", failed: "bad" } as const;

type Listed = JobStatus & Pick<DeskJob, "name">;

/** The background jobs, with the last and the next run of each. */
export function JobsTable({ jobs, readAt }: { jobs: readonly Listed[]; readAt: Date }) {
  const t = useTranslations("status.jobs");
  const format = useFormatter();
  const time = (at: Date | null) =>
    at ? <Instant at={at} since={readAt} format={format} /> : t("never");
  return (
    <SmallTable
      title={t("title")}
      columns={[
        { name: t("job") },
        { name: t("state") },
        { name: t("lastRun") },
        { name: t("took"), isNumber: true },
        { name: t("next") },
        { name: t("problem"), isText: true },
      ]}
      rows={jobs.map(({ name, state, startedAt, tookMs, nextAt, problem }) => ({
        key: name,
        cells: [
          t(`names.${name}`),
          <Badge key="state" tone={TONES[state]}>
            {t(`states.${state}`)}
          </Badge>,
          time(startedAt),
          <Duration key="took" ms={tookMs} />,
          state === "running" || !nextAt ? null : time(nextAt),
          problem && <TechnicalText text={problem} />,
        ],
      }))}
    />
  );
}

/** The last refreshes of watched channels. */
export function RunsTable({ runs, readAt }: { runs: readonly RefreshRun[]; readAt: Date }) {
  const t = useTranslations("status.refreshes");
  const format = useFormatter();
  if (runs.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <SmallTable
      title={t("title")}
      columns={[
        { name: t("started") },
        { name: t("app") },
        { name: t("took"), isNumber: true },
        { name: t("refreshed"), isNumber: true },
        { name: t("gone"), isNumber: true },
        { name: t("failed"), isNumber: true },
        { name: t("problem"), isText: true },
      ]}
      rows={runs.map(({ id, app, startedAt, finishedAt, refreshed, gone, failed, problem }) => ({
        key: id,
        cells: [
          <Instant key="started" at={startedAt} since={readAt} format={format} />,
          app,
          <Duration key="took" ms={finishedAt.getTime() - startedAt.getTime()} />,
          format.number(refreshed),
          format.number(gone),
          format.number(failed),
          problem && <ProblemCode key="problem" code={problem} />,
        ],
      }))}
    />
  );
}

/** A duration in seconds. */
function Duration({ ms }: { ms: number | null }) {
  const format = useFormatter();
  return ms === null ? null : format.number(ms / 1000, SECONDS);
}

// The same number of digits, so that a column can be compared.
const SECONDS = {
  style: "unit",
  unit: "second",
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
} as const;
