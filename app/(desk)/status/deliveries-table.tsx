import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/instant";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import type { Delivery } from "@/lib/digest/list-deliveries";
import { DeliveryProblem } from "./delivery-problem";
import { ToldNotices } from "./told-notices";

type DeliveriesTableProps = {
  deliveries: readonly Delivery[];
  readAt: Date;
  defaultApp: string;
};

/** What the webhook was told last, or is still to be told. */
export function DeliveriesTable({ deliveries, readAt, defaultApp }: DeliveriesTableProps) {
  const t = useTranslations("status.digest");
  const format = useFormatter();
  if (deliveries.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <SmallTable
      title={t("title")}
      columns={[
        { name: t("made") },
        { name: t("state") },
        { name: t("told") },
        { name: t("attempts"), isNumber: true },
        { name: t("answer"), isNumber: true },
        { name: t("next") },
        { name: t("problem"), isText: true },
      ]}
      rows={deliveries.map(
        ({ id, createdAt, nextAttemptAt, attempts, status, problem, ...rest }) => ({
          key: id,
          cells: [
            <Instant key="made" at={createdAt} since={readAt} format={format} />,
            <State key="state" isDelivered={rest.deliveredAt !== null} isOver={!nextAttemptAt} />,
            <ToldNotices key="told" told={rest.told} defaultApp={defaultApp} />,
            format.number(attempts),
            status,
            nextAttemptAt && <Instant at={nextAttemptAt} since={readAt} format={format} />,
            problem && <DeliveryProblem problem={problem} />,
          ],
        }),
      )}
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
