import { useFormatter, useTranslations } from "next-intl";
import type { RefreshHealth } from "@/lib/channels/refresh-health";
import { StatusTable } from "./status-table";

const COUNTS = ["watched", "fresh", "stale", "failing", "gone"] as const;

/** How many channels of each app are watched, and how those fare. */
export function HealthTable({ health }: { health: readonly RefreshHealth[] }) {
  const t = useTranslations("status.watched");
  const format = useFormatter();
  if (health.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <>
      <StatusTable
        title={t("title")}
        columns={[
          { name: t("app") },
          ...COUNTS.map((count) => ({ name: t(count), isNumber: true })),
        ]}
        rows={health.map((row) => ({
          key: row.app,
          cells: [row.app, ...COUNTS.map((count) => format.number(row[count]))],
        }))}
      />
      <p className="text-muted">{t("explained")}</p>
    </>
  );
}
