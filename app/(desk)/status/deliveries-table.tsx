import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/instant";
import { Badge } from "@/components/ui/badge";
import type { Delivery } from "@/lib/jobs/list-deliveries";
import { StatusTable } from "./status-table";

type DeliveriesTableProps = { deliveries: readonly Delivery[]; readAt: Date };

/** What the webhook was told last, or is still to be told. */
export function DeliveriesTable({ deliveries, readAt }: DeliveriesTableProps) {
  const t = useTranslations("status.digest");
  const format = useFormatter();
  if (deliveries.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <StatusTable
      title={t("title")}
      columns={[
        { name: t("made") },
        { name: t("state") },
        { name: t("attempts"), isNumber: true },
        { name: t("answer"), isNumber: true },
        { name: t("next") },
        { name: t("problem"), isText: true },
      ]}
      rows={deliveries.map(({ id, createdAt, nextAttemptAt, attempts, status, ...rest }) => ({
        key: id,
        cells: [
          <Instant key="made" at={createdAt} since={readAt} format={format} />,
          <State key="state" isDelivered={rest.deliveredAt !== null} isOver={!nextAttemptAt} />,
          format.number(attempts),
          status,
          nextAttemptAt && <Instant at={nextAttemptAt} since={readAt} format={format} />,
          rest.problem,
        ],
      }))}
    />
  );
}

function State({ isDelivered, isOver }: { isDelivered: boolean; isOver: boolean }) {
  const t = useTranslations("status.digest.states");
  if (isDelivered) return <Badge tone="good">{t("delivered")}</Badge>;
  return isOver ? (
    <Badge tone="bad">{t("givenUp")}</Badge>
  ) : (
    <Badge tone="warn">{t("waiting")}</Badge>
  );
}
