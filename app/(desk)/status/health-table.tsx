import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { channelsAddress } from "@/lib/channels/channels-address";
import { TableLink } from "./elements";
import type { AppHealth } from "./read-status";

const STATES = ["fresh", "stale", "failing", "gone"] as const;

/** The states of the channels that each number counts. */
const COUNTS = {
  watched: STATES,
  fresh: ["fresh"],
  stale: ["stale"],
  failing: ["failing"],
  gone: ["gone"],
} as const;

const COUNT_IDS = Object.keys(COUNTS) as readonly (keyof typeof COUNTS)[];

type HealthTableProps = { health: readonly AppHealth[]; readAt: Date; defaultApp: string };

/** Number and state of the watched channels of each app, and their refresh times. */
export function HealthTable({ health, readAt, defaultApp }: HealthTableProps) {
  const t = useTranslations("status.watched");
  const format = useFormatter();
  if (health.length === 0) return <p className="text-muted">{t("none")}</p>;
  const time = (at: Date) => <Instant at={at} since={readAt} format={format} />;
  return (
    <>
      <SmallTable
        title={t("title")}
        columns={[
          { name: t("app") },
          ...COUNT_IDS.map((count) => ({ name: t(count), isNumber: true })),
          { name: t("lastRun") },
          { name: t("nextDue") },
        ]}
        rows={health.map((row) => ({
          key: row.app,
          cells: [
            row.app,
            ...COUNT_IDS.map((count) =>
              row[count] === 0 ? (
                format.number(0)
              ) : (
                <TableLink key={count} href={rowsBehind(row.app, COUNTS[count], defaultApp)}>
                  {format.number(row[count])}
                </TableLink>
              ),
            ),
            row.lastRunAt ? time(row.lastRunAt) : t("noRun"),
            row.nextDueAt && time(row.nextDueAt),
          ],
        }))}
      />
      <p className="text-muted">{t("explained")}</p>
    </>
  );
}

/** Returns the URL of the watched channels in these states. */
export function rowsBehind(
  app: string,
  states: readonly (typeof STATES)[number][],
  defaultApp: string,
): string {
  const filters = { refreshState: { op: "oneOf", values: states } } as const;
  return channelsAddress({ app, view: "all", filters }, defaultApp);
}
