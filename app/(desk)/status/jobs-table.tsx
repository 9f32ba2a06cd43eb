import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/instant";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import type { DeskJob } from "@/lib/channels/jobs";
import type { JobStatus } from "@/lib/jobs/list-jobs";
import { Duration } from "./duration";
import { TechnicalText } from "./technical-text";

const TONES = { running: "neutral", waiting: "good", late: "warn", failed: "bad" } as const;

type Listed = JobStatus & Pick<DeskJob, "name">;

/** What the desk does again and again, and how it went. */
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
