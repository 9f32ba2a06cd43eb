import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import type { DeliveredAlert, Delivery } from "@/lib/alerts/deliver";
import { readProblem } from "@/lib/alerts/webhook";
import { channelAddress } from "@/lib/channels/channels-address";
import { visibleText } from "@/lib/visible-text";
import { TableLink, TechnicalText } from "./elements";

type DeliveriesTableProps = {
  deliveries: readonly Delivery[];
  readAt: Date;
  defaultApp: string;
};

/** The latest deliveries to the webhook, and those that are still to be made. */
export function DeliveriesTable({ deliveries, readAt, defaultApp }: DeliveriesTableProps) {
  const t = useTranslations("status.alerts");
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
            <DeliveredAlerts key="alerts" alerts={rest.alerts} defaultApp={defaultApp} />,
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
  const t = useTranslations("status.alerts.states");
  if (isDelivered) return <Badge tone="good">{t("delivered")}</Badge>;
  return isOver ? (
    <Badge tone="bad">{t("givenUp")}</Badge>
  ) : (
    <Badge tone="warn">{t("waiting")}</Badge>
  );
}

/** Alerts that are shown; further ones are counted. */
const SHOWN = 3;

type DeliveredAlertsProps = { alerts: readonly DeliveredAlert[]; defaultApp: string };

/** The alerts of a delivery, with links to their channels. */
function DeliveredAlerts({ alerts, defaultApp }: DeliveredAlertsProps) {
  const t = useTranslations("status.alerts");
  const more = alerts.length - SHOWN;
  return (
    <ul>
      {alerts.slice(0, SHOWN).map(({ id, kind, app, channelId, name }) => {
        const shown = visibleText(name ?? channelId);
        return (
          <li key={id} className="flex gap-2">
            <span className="text-muted">{t(`kinds.${kind}`)}</span>
            <TableLink href={channelAddress(app, channelId, defaultApp)} title={shown}>
              <bdi className="block max-w-64 truncate">{shown}</bdi>
            </TableLink>
          </li>
        );
      })}
      {more > 0 && <li className="text-muted">{t("more", { count: more })}</li>}
    </ul>
  );
}

/** Why a delivery failed: the kind of failure, with the system's code. */
function DeliveryProblem({ problem }: { problem: string }) {
  const t = useTranslations("status.alerts.problems");
  const read = readProblem(problem);
  if (read === null) return <TechnicalText text={problem} />;
  const { kind, code } = read;
  return (
    <>
      <span>{t(kind)}</span> {code && <TechnicalText text={code} />}
    </>
  );
}
