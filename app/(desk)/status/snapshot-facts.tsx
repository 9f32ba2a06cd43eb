import { useFormatter, useTranslations } from "next-intl";
import { SmallTable } from "@/components/data-table/small-table";
import { countSnapshots, type SnapshotRows } from "@/lib/channels/snapshot-rows";
import { SNAPSHOT_GRAINS } from "@/lib/db/channel-schema";
import { database } from "@/lib/db/database";
import { type Env, env } from "@/lib/env";

/** How many snapshots there are, and how long they are kept. Takes a while where there are many. */
export async function SnapshotFacts() {
  return (
    <SnapshotTable counts={await countSnapshots(await database())} days={env().snapshotDays} />
  );
}

/** In the place of the numbers while they are counted. */
export function SnapshotCounting() {
  const t = useTranslations("status.snapshots");
  return <p className="animate-late text-muted">{t("counting")}</p>;
}

type SnapshotTableProps = { counts: SnapshotRows; days: Env["snapshotDays"] };

function SnapshotTable({ counts, days }: SnapshotTableProps) {
  const t = useTranslations("status.snapshots");
  const format = useFormatter();
  return (
    <>
      <SmallTable
        title={t("title")}
        columns={[
          { name: t("grain") },
          { name: t("rows"), isNumber: true },
          { name: t("kept"), isNumber: true },
        ]}
        rows={SNAPSHOT_GRAINS.map((grain) => ({
          key: grain,
          cells: [
            t(`grains.${grain}`),
            format.number(counts[grain]),
            t("days", { days: days[grain] }),
          ],
        }))}
      />
      {counts.isMore && <p className="text-muted">{t("more")}</p>}
    </>
  );
}
