import { ChevronLeft, ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { signedNumber } from "@/components/channel/values";
import { LineMark } from "@/components/chart/line-look";
import { SmallTable } from "@/components/data-table/small-table";
import { StepLink } from "@/components/listing/step-link";
import { hasExtremes, indexOf, type TrendCell, type TrendRow } from "@/lib/channels/history/trend";
import type { NamedChannel } from "@/lib/channels/known-channel";

type TrendTableProps = {
  /** Newest first. */
  rows: readonly TrendRow[];
  /** In the order of the cells. */
  channels: readonly NamedChannel[];
  timeZone: string;
  /** What the indexes are in percent of, for an index chart; otherwise null. */
  bases: readonly (number | null)[] | null;
  /** From 1. A page past the end becomes the last. */
  page: number;
  addressOf: (page: number) => string;
};

/** Rows a page. */
const SIZE = 50;

const EXTREMES = ["least", "most"] as const;

/** The numbers of the chart: count, change and extremes of each channel at each moment. */
export function TrendTable({ rows, channels, timeZone, bases, page, addressOf }: TrendTableProps) {
  const t = useTranslations("trend.table");
  const format = useFormatter();
  const pageCount = Math.max(1, Math.ceil(rows.length / SIZE));
  const current = Math.min(page, pageCount);
  const first = (current - 1) * SIZE;
  const shown = rows.slice(first, first + SIZE);
  const isAlone = channels.length === 1;
  const isRanged = hasExtremes(shown);
  const show = (value: number, place: number) =>
    bases ? (
      <Indexed count={value} index={indexOf(value, bases[place] ?? null)} />
    ) : (
      format.number(value)
    );
  const numbersOf = (cell: TrendCell, place: number): ReactNode[] => [
    cell.count === null ? (
      <span key="count" className="text-muted">
        {t("notRead")}
      </span>
    ) : (
      show(cell.count, place)
    ),
    cell.change === null ? "" : signedNumber(format, cell.change),
    ...EXTREMES.filter(() => isRanged).map((extreme) => {
      const value = cell[extreme];
      return value === null ? "" : show(value, place);
    }),
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <SmallTable
        title={t("caption")}
        columns={[
          { name: t("time"), isPinned: true },
          ...channels.flatMap(({ name }, place) => {
            const ofChannel = !isAlone && <span className="sr-only"> {name}</span>;
            const ofHundred = bases && <span> {t("ofHundred")}</span>;
            const count = (
              <>
                {isAlone ? <span>{t("count")}</span> : <Named place={place} name={name} />}
                {ofHundred}
              </>
            );
            const change = (
              <>
                <span>{t("change")}</span>
                {ofChannel}
              </>
            );
            const extremes = EXTREMES.map((extreme) => (
              <Fragment key={extreme}>
                <span>{t(extreme)}</span>
                {ofHundred}
                {ofChannel}
              </Fragment>
            ));
            return [count, change, ...(isRanged ? extremes : [])].map((header) => ({
              name: header,
              isNumber: true,
            }));
          }),
        ]}
        rows={shown.map(({ at, cells }) => ({
          key: at.getTime(),
          cells: [
            <time
              key="time"
              dateTime={at.toISOString()}
              className="block break-keep max-sm:w-32 max-sm:whitespace-normal"
            >
              {format.dateTime(at, "exact", { timeZone })}
            </time>,
            ...cells.flatMap(numbersOf),
          ],
        }))}
      />
      <nav aria-label={t("pages")} className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted tabular-nums">
          {t("shown", { from: first + 1, to: first + shown.length, total: rows.length })}
        </p>
        {pageCount > 1 && (
          <div className="flex items-center gap-1">
            <StepLink
              scroll={false}
              label={t("newer")}
              href={current > 1 ? addressOf(current - 1) : null}
            >
              <ChevronLeft aria-hidden />
            </StepLink>
            <span className="tabular-nums">{t("page", { page: current, pageCount })}</span>
            <StepLink
              scroll={false}
              label={t("older")}
              href={current < pageCount ? addressOf(current + 1) : null}
            >
              <ChevronRight aria-hidden />
            </StepLink>
          </div>
        )}
      </nav>
    </div>
  );
}

function Named({ place, name }: { place: number; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <LineMark place={place} />
      <bdi className="max-w-48 truncate">{name}</bdi>
    </span>
  );
}

function Indexed({ count, index }: { count: number; index: number | null }) {
  const t = useTranslations("trend.table");
  const format = useFormatter();
  return (
    <>
      <span>
        {index === null ? t("noBase") : format.number(index, { maximumFractionDigits: 1 })}
      </span>{" "}
      <span className="text-muted">({format.number(count)})</span>
    </>
  );
}

/** The most times in the list, newest first. */
const LISTED = 100;

/** The times of the messages that the chart marks. */
export function MessageTimes({
  messages,
  timeZone,
}: {
  messages: readonly Date[];
  timeZone: string;
}) {
  const t = useTranslations("trend");
  const format = useFormatter();
  if (messages.length === 0) return null;
  const newest = messages.slice(-LISTED).toReversed();
  return (
    <details>
      <summary className="w-fit rounded-mark text-accent-ink underline-offset-4 hover:underline">
        {t("messageTimes", { count: messages.length })}
      </summary>
      {newest.length < messages.length && (
        <p className="mt-2 text-dense text-muted">{t("newestTimes", { count: LISTED })}</p>
      )}
      <ol className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-x-6 gap-y-0.5 text-dense tabular-nums">
        {newest.map((at) => (
          <li key={at.getTime()}>
            <time dateTime={at.toISOString()}>{format.dateTime(at, "exact", { timeZone })}</time>
          </li>
        ))}
      </ol>
    </details>
  );
}
