import { useFormatter, useTranslations } from "next-intl";
import { Instant } from "@/components/channel/instant";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import { channelAddress } from "@/lib/channels/channels-address";
import { readProblem } from "@/lib/digest/attempt-problem";
import type { DeliveredNotice, Delivery } from "@/lib/digest/list-deliveries";
import { visibleText } from "@/lib/visible-text";
import { TableLink, TechnicalText } from "./elements";

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

/** Notices of a delivery that are shown; further ones are counted. */
const SHOWN = 3;

type ToldNoticesProps = { told: readonly DeliveredNotice[]; defaultApp: string };

/** What a delivery tells, and of which channels. */
function ToldNotices({ told, defaultApp }: ToldNoticesProps) {
  const t = useTranslations("status.digest");
  const more = told.length - SHOWN;
  return (
    <ul>
      {told.slice(0, SHOWN).map(({ id, kind, app, channelId, name }) => {
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

/** Why the webhook did not take a delivery: the kind of failure, with the system's code. */
function DeliveryProblem({ problem }: { problem: string }) {
  const t = useTranslations("status.digest.problems");
  const read = readProblem(problem);
  if (read === null) return <TechnicalText text={problem} />;
  const { kind, code } = read;
  return (
    <>
      <span>{t(kind)}</span> {code && <TechnicalText text={code} />}
    </>
  );
}
