import { useFormatter, useTranslations } from "next-intl";
import { Instant, ProblemCode } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import type { DeliveredAlert, Delivery } from "@/lib/alerts/deliver";
import { readProblem } from "@/lib/alerts/webhook";
import { channelAddress, channelsAddress } from "@/lib/channels/channels-address";
import type { RefreshRun } from "@/lib/channels/refresh/health";
import type { DeskJob } from "@/lib/jobs/jobs";
import type { JobStatus } from "@/lib/jobs/status";
import { visibleText } from "@/lib/visible-text";
import { TableLink, TechnicalText } from "./elements";
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
  const due = useTranslations("status")("dueNow");
  const format = useFormatter();
  if (health.length === 0) return <p className="text-muted">{t("none")}</p>;
  const time = { since: readAt, format };
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
            row.lastRunAt ? <Instant key="last" at={row.lastRunAt} {...time} /> : t("noRun"),
            row.nextDueAt && <Instant key="next" at={row.nextDueAt} due={due} {...time} />,
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

const TONES = { running: "neutral", waiting: "good", late: "warn", failed: "bad" } as const;

type Listed = JobStatus & Pick<DeskJob, "name">;

/** The background jobs, with the last and the next run of each. */
export function JobsTable({ jobs, readAt }: { jobs: readonly Listed[]; readAt: Date }) {
  const t = useTranslations("status.jobs");
  const due = useTranslations("status")("dueNow");
  const format = useFormatter();
  const time = { since: readAt, format };
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
          startedAt ? <Instant key="started" at={startedAt} {...time} /> : t("never"),
          <Duration key="took" ms={tookMs} />,
          state !== "running" && nextAt && <Instant key="next" at={nextAt} due={due} {...time} />,
          problem && <TechnicalText key="problem" text={problem} />,
        ],
      }))}
    />
  );
}

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
          problem && <ProblemCode key="problem" code={problem} />,
        ],
      }))}
    />
  );
}

/** A duration in seconds. */
function Duration({ ms }: { ms: number | null }) {
  const format = useFormatter();
  return ms === null ? null : format.number(ms / 1000, SECONDS);
}

// The same number of digits, so that a column can be compared.
const SECONDS = {
  style: "unit",
  unit: "second",
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
} as const;

type DeliveriesTableProps = {
  deliveries: readonly Delivery[];
  readAt: Date;
  defaultApp: string;
};

/** The latest deliveries to the webhook, and those that are still to be made. */
export function DeliveriesTable({ deliveries, readAt, defaultApp }: DeliveriesTableProps) {
  const t = useTranslations("status.alerts");
  const due = useTranslations("status")("dueNow");
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
            nextAttemptAt && (
              <Instant key="next" at={nextAttemptAt} since={readAt} due={due} format={format} />
            ),
            problem && <DeliveryProblem key="problem" problem={problem} />,
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
