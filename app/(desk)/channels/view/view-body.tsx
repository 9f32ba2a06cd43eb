import {
  type createFormatter,
  type createTranslator,
  type Messages,
  useFormatter,
  useTranslations,
} from "next-intl";
import type { ChartData } from "@/components/chart/draw-chart";
import { Alert } from "@/components/ui/alert";
import { Screen } from "@/components/ui/screen";
import { basesOf, dailyRows, indexOf, type Trend, trendRows } from "@/lib/channels/history/trend";
import { type NamedChannel, namedChannel } from "@/lib/channels/known-channel";
import type { ChatAppLabel } from "@/lib/chat";
import { env } from "@/lib/env";
import { exportFileName } from "@/lib/export/formats";
import { visibleText } from "@/lib/visible-text";
import { ViewControls } from "./controls";
import { SampleNote, ViewHead } from "./header";
import { LiveView } from "./live-view";
import { type ViewParams, viewAddress, zonesOf } from "./params";
import type { TrendView } from "./read-trend";
import { NothingInRange } from "./screens";
import { TrendFigure } from "./trend-figure";
import { MessageTimes, TrendTable } from "./trend-table";

type ViewBodyProps = {
  view: TrendView;
  params: ViewParams;
  app: ChatAppLabel;
  ownZone: string;
};

/** The page of a known channel: header, controls, chart and table. */
export function ViewBody({ view, params, app, ownZone }: ViewBodyProps) {
  const t = useTranslations("trend");
  const format = useFormatter();
  const { channel, others, trend, range, readAt, messages, unknown } = view;
  const timeZone = params.zone ?? ownZone;
  const at = (moment: Date) => format.dateTime(moment, "exact", { timeZone });
  const channels = [channel, ...others].map(namedChannel);
  return (
    <>
      <ViewHead view={view} app={app} timeZone={timeZone} refreshMinutes={env().refreshMinutes} />
      <SampleNote view={view} timeZone={timeZone} />
      {unknown.length > 0 && (
        <Alert tone="warn">
          {t("unknownOthers", { count: unknown.length, ids: unknown.map(visibleText).join(", ") })}
        </Alert>
      )}
      <LiveView readAt={readAt}>
        {trend === null ? (
          <Screen happened={t("notShown.happened")} remedy={t("notShown.remedy")} />
        ) : channel.countedAt === null ? (
          <Screen happened={t("noCount.happened")} remedy={t("noCount.remedy")} />
        ) : (
          <>
            <ViewControls
              params={params}
              app={app.slug}
              others={channels.slice(1)}
              zones={zonesOf(ownZone, app.region, params.zone)}
              timeZone={timeZone}
              now={readAt}
            />
            {view.datesProblem && (
              <Alert tone="warn">
                {t(`dates.${view.datesProblem}`)}{" "}
                {t("dates.instead", { range: t(`ranges.${params.range}`) })}
              </Alert>
            )}
            {trend.moments.length === 0 ? (
              <NothingInRange params={params} countedAt={channel.countedAt} timeZone={timeZone} />
            ) : (
              <>
                <TrendFigure
                  data={{
                    ...chartOf(trend, range, messages, channels, params.index),
                    blank: t("noDataBefore", { time: at(firstKnown(trend, range)) }),
                  }}
                  picture={{
                    title: channels.map(({ name }) => name).join(", "),
                    notes: [
                      `${at(range.from)} – ${at(range.to)} · ${t(params.index ? "indexAxis" : "countAxis")}`,
                      t("picture.source", { time: at(readAt), app: visibleText(app.name) }),
                    ],
                    fileName: exportFileName(
                      `trend-of-${channel.channelId}-${app.slug}`,
                      readAt,
                      "png",
                    ),
                  }}
                  counts={trend.series.map(({ counts }) => counts)}
                  label={summaryOf(trend, range, channels, { t, format, at })}
                  timeZone={timeZone}
                  isIndex={params.index}
                  isReduced={trend.isReduced}
                  isOneReading={trend.moments.length === 1}
                  baseless={channels.flatMap(({ name }, index) =>
                    params.index && !trend.series[index]?.base ? [name] : [],
                  )}
                />
                <TrendTable
                  rows={rowsOf(trend, params.daily, timeZone).toReversed()}
                  channels={channels}
                  timeZone={timeZone}
                  bases={params.index ? basesOf(trend) : null}
                  page={params.page}
                  addressOf={(page) => viewAddress(params, { page })}
                />
              </>
            )}
            <MessageTimes messages={messages} timeZone={timeZone} />
          </>
        )}
      </LiveView>
    </>
  );
}

function rowsOf(trend: Trend, isDaily: boolean, timeZone: string) {
  const rows = trendRows(trend);
  return isDaily ? dailyRows(rows, timeZone) : rows;
}

/** Returns the time of the first known count. */
function firstKnown({ moments, series }: Trend, { from }: TrendView["range"]): Date {
  const first = moments.find((_, index) => series.some(({ counts }) => isKnown(counts[index])));
  return first === undefined ? from : new Date(first);
}

/** Returns the lines of the chart: counts, or percents of the first known count. */
function chartOf(
  { moments, series }: Trend,
  { from, to }: TrendView["range"],
  messages: readonly Date[],
  channels: readonly NamedChannel[],
  isIndex: boolean,
): ChartData {
  return {
    from: from.getTime(),
    to: to.getTime(),
    moments,
    marks: messages.map((at) => at.getTime()),
    lines: series.map(({ counts, least, most, base }, place) => {
      const inUnit = (values: readonly (number | null)[]) =>
        isIndex ? values.map((value) => indexOf(value, base)) : values;
      return {
        id: channels[place]?.id ?? "",
        label: channels[place]?.name ?? "",
        values: inUnit(counts),
        least: inUnit(least),
        most: inUnit(most),
      };
    }),
  };
}

type Words = {
  readonly t: ReturnType<typeof createTranslator<Messages, "trend">>;
  readonly format: ReturnType<typeof createFormatter>;
  readonly at: (moment: Date) => string;
};

/** Describes the chart, with one sentence per line. */
function summaryOf(
  { series }: Trend,
  { from, to }: TrendView["range"],
  channels: readonly NamedChannel[],
  { t, format, at }: Words,
): string {
  const lines = series.map(({ counts }, place) => {
    const known = counts.filter((count) => count !== null);
    const name = channels[place]?.name ?? "";
    if (known.length === 0) return t("summary.nothing", { name });
    // The end of a line is no gap.
    const gaps = counts
      .slice(
        0,
        counts.findLastIndex((count) => count !== null),
      )
      .filter((count, index) => count === null && isKnown(counts[index - 1]));
    const number = (count: number | undefined) => format.number(count ?? 0);
    return t("summary.line", {
      name,
      first: number(known[0]),
      last: number(known.at(-1)),
      least: number(Math.min(...known)),
      most: number(Math.max(...known)),
      gaps: gaps.length,
    });
  });
  return [t("summary.range", { from: at(from), to: at(to) }), ...lines].join(" ");
}

function isKnown(count: number | null | undefined): boolean {
  return count !== null && count !== undefined;
}
