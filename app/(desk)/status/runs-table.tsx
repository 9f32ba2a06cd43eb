import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/instant";
import { RefreshProblem } from "@/components/channel/refresh-problem";
import { SmallTable } from "@/components/data-table/small-table";
import type { RefreshRun } from "@/lib/channels/refresh-health";
import { Duration } from "./duration";

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
          problem && <RefreshProblem key="problem" problem={problem} />,
        ],
      }))}
    />
  );
}
