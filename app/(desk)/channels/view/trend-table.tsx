import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { LineMark } from "@/components/chart/line-look";
import type { NamedChannel } from "@/lib/channels/seen-channel";
import { hasExtremes, type TrendCell, type TrendRow } from "@/lib/channels/trend-rows";

type TrendTableProps = {
  /** The newest first. */
  rows: readonly TrendRow[];
  /** In the order of the rows' cells. */
  channels: readonly NamedChannel[];
  timeZone: string;
  isIndex: boolean;
  /** From 1; a later one than there is means the last. */
  page: number;
  addressOf: (page: number) => string;
};

/** Rows a page. */
const SIZE = 50;

const EXTREMES = ["least", "most"] as const;

/** The numbers of the chart, exact: for each moment every channel's count, its change, and its extremes. */
export function TrendTable({
  rows,
  channels,
  timeZone,
  isIndex,
  page,
  addressOf,
}: TrendTableProps) {
  const t = useTranslations("trend.table");
  const format = useFormatter();
  const pageCount = Math.max(1, Math.ceil(rows.length / SIZE));
  const current = Math.min(page, pageCount);
  const first = (current - 1) * SIZE;
  const shown = rows.slice(first, first + SIZE);
  const isAlone = channels.length === 1;
  const isRanged = hasExtremes(shown);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <section
        aria-label={t("caption")}
        // Wider than the screen, it must scroll by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        className="relative overflow-x-auto rounded-control border border-line bg-raised"
      >
        <table className="w-full border-separate border-spacing-0 text-dense">
          <caption className="sr-only">{t("caption")}</caption>
          <thead>
            <tr>
              <th scope="col" className={`${HEAD} sticky left-0 text-left`}>
                {t("time")}
              </th>
              {channels.map(({ id, name }, place) => (
                <Fragment key={id}>
                  <th scope="col" className={`${HEAD} text-right`}>
                    {isAlone ? <span>{t("count")}</span> : <Named place={place} name={name} />}
                    {isIndex && <span> {t("ofHundred")}</span>}
                  </th>
                  <th scope="col" className={`${HEAD} text-right`}>
                    <span>{t("change")}</span>
                    {!isAlone && <span className="sr-only"> {name}</span>}
                  </th>
                  {isRanged &&
                    EXTREMES.map((extreme) => (
                      <th key={extreme} scope="col" className={`${HEAD} text-right`}>
                        <span>{t(extreme)}</span>
                        {isIndex && <span> {t("ofHundred")}</span>}
                        {!isAlone && <span className="sr-only"> {name}</span>}
                      </th>
                    ))}
                </Fragment>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ at, cells }) => (
              <tr key={at.getTime()} className="bg-raised hover:bg-hover">
                <th
                  scope="row"
                  className={`${CELL} sticky left-0 bg-inherit text-left font-normal`}
                >
                  <time
                    dateTime={at.toISOString()}
                    className="block break-keep max-sm:w-32 max-sm:whitespace-normal"
                  >
                    {format.dateTime(at, "exact", { timeZone })}
                  </time>
                </th>
                {cells.map((cell, place) => (
                  <Cells
                    key={channels[place]?.id}
                    cell={cell}
                    isIndex={isIndex}
                    isRanged={isRanged}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <nav aria-label={t("pages")} className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted tabular-nums">
          {t("shown", { from: first + 1, to: first + shown.length, total: rows.length })}
        </p>
        {pageCount > 1 && (
          <div className="flex items-center gap-1">
            <Step label={t("newer")} href={current > 1 ? addressOf(current - 1) : null}>
              <ChevronLeft aria-hidden className="size-4" />
            </Step>
            <span className="tabular-nums">{t("page", { page: current, pageCount })}</span>
            <Step label={t("older")} href={current < pageCount ? addressOf(current + 1) : null}>
              <ChevronRight aria-hidden className="size-4" />
            </Step>
          </div>
        )}
      </nav>
    </div>
  );
}

const HEAD = "whitespace-nowrap border-line border-b bg-raised px-3 py-2 font-medium text-muted";
const CELL = "whitespace-nowrap border-line border-b px-3 py-1.5 tabular-nums";

function Named({ place, name }: { place: number; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <LineMark place={place} />
      <bdi className="max-w-48 truncate">{name}</bdi>
    </span>
  );
}

type CellsProps = { cell: TrendCell; isIndex: boolean; isRanged: boolean };

function Cells({ cell, isIndex, isRanged }: CellsProps) {
  const t = useTranslations("trend.table");
  const format = useFormatter();
  const { count, change } = cell;
  const told = (value: number, index: number | null) =>
    isIndex ? <Indexed count={value} index={index} /> : format.number(value);
  return (
    <>
      <td className={`${CELL} text-right`}>
        {count === null ? (
          <span className="text-muted">{t("notRead")}</span>
        ) : (
          told(count, cell.index)
        )}
      </td>
      <td className={`${CELL} text-right`}>
        {change === null ? "" : format.number(change, { signDisplay: "exceptZero" })}
      </td>
      {isRanged &&
        EXTREMES.map((extreme) => {
          const value = cell[extreme];
          return (
            <td key={extreme} className={`${CELL} text-right`}>
              {value === null ? "" : told(value, cell[`${extreme}Index`])}
            </td>
          );
        })}
    </>
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

type StepProps = { label: string; href: string | null; children: ReactNode };

function Step({ label, href, children }: StepProps) {
  const look = "inline-flex size-8 items-center justify-center rounded-control text-muted";
  if (href === null) {
    return (
      <span aria-hidden className={`${look} opacity-50`}>
        {children}
      </span>
    );
  }
  return (
    <Link
      prefetch={false}
      scroll={false}
      href={href}
      aria-label={label}
      title={label}
      className={`${look} hover:bg-hover hover:text-ink`}
    >
      {children}
    </Link>
  );
}
