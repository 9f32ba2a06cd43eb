"use client";

import Link from "next/link";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useAge } from "@/components/channel/relative-time";
import { ChangeText } from "@/components/channel/values";
import { LazyPlot } from "@/components/chart/lazy-plot";
import { Marked } from "@/components/ui/marked";
import { useClock } from "@/components/ui/use-clock";
import { channelsAddress } from "@/lib/channels/channels-address";
import type { OverviewAnswer } from "./overview-answer";

type OverviewFiguresProps = {
  answer: Pick<OverviewAnswer, "reach" | "refresh" | "readAt">;
  /** The app that addresses omit. */
  defaultApp: string;
};

const CHANGES = [
  ["changeDay", 1],
  ["changeWeek", 7],
  ["changeMonth", 30],
] as const;

/** Total subscribers of the watched channels with their chart, the changes, and how fresh the numbers are. */
export function OverviewFigures({ answer, defaultApp }: OverviewFiguresProps) {
  const { reach, refresh, readAt } = answer;
  const t = useTranslations("overview");
  const format = useFormatter();
  const { channels, counted, query } = reach;
  const href = channelsAddress(query, defaultApp);
  if (channels === 0) return null;
  return (
    <section
      aria-label={t("reach.title")}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-control border border-line bg-raised px-4 py-3"
    >
      <div className="grid gap-x-8 gap-y-3 sm:flex sm:flex-wrap sm:items-end">
        <dl className="grid gap-x-8 gap-y-3 sm:flex sm:flex-wrap sm:items-end">
          {counted && (
            <>
              <Figure name={t("reach.subscribers")} href={href} isHero>
                <Marked value={counted.subscribers}>{format.number(counted.subscribers)}</Marked>
              </Figure>
              {CHANGES.map(([column, days]) => {
                const change = counted[column];
                const sorts = [{ column, descending: true }];
                return (
                  <Figure
                    key={column}
                    name={t("reach.days", { days })}
                    href={channelsAddress({ ...query, sorts }, defaultApp)}
                  >
                    <Marked value={change?.absolute ?? null}>
                      {change ? <ChangeText change={change} format={format} /> : t("unknown")}
                    </Marked>
                  </Figure>
                );
              })}
            </>
          )}
          <Figure name={t("reach.watched")} href={href}>
            {format.number(channels)}
          </Figure>
        </dl>
        <RefreshHealth {...{ refresh, readAt, defaultApp }} />
      </div>
      {counted && counted.totals.length > 1 && <TotalChart totals={counted.totals} />}
    </section>
  );
}

type FigureProps = { name: string; href: string; isHero?: boolean; children: ReactNode };

function Figure({ name, href, isHero = false, children }: FigureProps) {
  return (
    <div className="flex items-baseline justify-between gap-4 sm:block">
      <dt className="text-dense text-muted">{name}</dt>
      <dd>
        <Link
          prefetch={false}
          href={href}
          className={`font-semibold tabular-nums hover:underline ${isHero ? "text-hero" : "text-title"}`}
        >
          {children}
        </Link>
      </dd>
    </div>
  );
}

type Counted = NonNullable<OverviewAnswer["reach"]["counted"]>;

const CHART_HEIGHT = 180;

/** The subscribers of all watched channels over 30 days. */
function TotalChart({ totals }: Pick<Counted, "totals">) {
  const t = useTranslations("overview.chart");
  const format = useFormatter();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const [pointed, setCursor] = useState<number | null>(null);
  const formatValue = useCallback((value: number) => format.number(value), [format]);
  const data = useMemo(() => {
    const moments = totals.map(({ at }) => at.getTime());
    const unknown = totals.map(() => null);
    const values = totals.map(({ subscribers }) => subscribers);
    return {
      ...{ from: moments[0] ?? 0, to: moments.at(-1) ?? 0, moments, marks: [] },
      lines: [{ id: "total", label: "", values, least: unknown, most: unknown }],
    };
  }, [totals]);
  const at = pointed === null ? undefined : totals[pointed];
  const [first, last] = [totals[0], totals.at(-1)];
  return (
    <figure>
      <LazyPlot
        {...{ data, locale, timeZone, formatValue }}
        label={t("summary", {
          first: format.number(first?.subscribers ?? 0),
          last: format.number(last?.subscribers ?? 0),
        })}
        height={CHART_HEIGHT}
        isWhole
        cursor={at === undefined ? null : pointed}
        onCursor={setCursor}
        tooltip={
          at && (
            <>
              <span className="font-medium">{format.number(at.subscribers)}</span>{" "}
              <span className="text-muted">{format.dateTime(at.at, "day")}</span>
            </>
          )
        }
      />
      <figcaption className="text-dense text-muted">{t("caption")}</figcaption>
    </figure>
  );
}

type RefreshHealthProps = Pick<OverviewAnswer, "refresh" | "readAt"> & { defaultApp: string };

function RefreshHealth({ refresh, readAt, defaultApp }: RefreshHealthProps) {
  const t = useTranslations("overview.health");
  const { lastRunAt, nextDueAt } = refresh;
  const lastAge = useAge(lastRunAt ?? readAt, readAt);
  const nextAge = useAge(nextDueAt ?? readAt, readAt);
  const isDue = useClock((now) => nextDueAt !== null && nextDueAt.getTime() <= now, readAt);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-1 text-dense text-muted tabular-nums sm:ml-auto">
      {(["fresh", "stale", "failing"] as const)
        .filter((state) => state === "fresh" || refresh[state].count > 0)
        .map((state) => (
          <li key={state}>
            <Link
              prefetch={false}
              href={channelsAddress(refresh[state].query, defaultApp)}
              className="text-ink underline-offset-2 hover:underline"
            >
              {t(state, { count: refresh[state].count })}
            </Link>
          </li>
        ))}
      <li>{lastRunAt ? t("last", { age: lastAge }) : t("never")}</li>
      {nextDueAt && <li>{isDue ? t("due") : t("next", { age: nextAge })}</li>}
    </ul>
  );
}
