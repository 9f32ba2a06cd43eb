import { useFormatter, useTranslations } from "next-intl";
import { SmallTable } from "@/components/data-table/small-table";
import { countSnapshots, type SnapshotCounts } from "@/lib/channels/rollup";
import { SNAPSHOT_RESOLUTIONS } from "@/lib/db/channel-schema";
import { database } from "@/lib/db/database";
import { type Env, env } from "@/lib/env";

/** The number of snapshots and their retention. Slow with many snapshots. */
export async function SnapshotFacts() {
  return (
    <SnapshotTable counts={await countSnapshots(await database())} days={env().snapshotDays} />
  );
}

/** Shown while the snapshots are counted. */
export function SnapshotCounting() {
  const t = useTranslations("status.snapshots");
  return <p className="animate-late text-muted">{t("counting")}</p>;
}

type SnapshotTableProps = { counts: SnapshotCounts; days: Env["snapshotDays"] };

function SnapshotTable({ counts, days }: SnapshotTableProps) {
  const t = useTranslations("status.snapshots");
  const format = useFormatter();
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
            t("days", { days: days[resolution] }),
          ],
        }))}
      />
      {counts.isMore && <p className="text-muted">{t("more")}</p>}
    </>
  );
}
