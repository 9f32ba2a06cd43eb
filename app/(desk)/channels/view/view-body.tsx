import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { namedChannel } from "@/lib/channels/seen-channel";
import { trendRows } from "@/lib/channels/trend-rows";
import type { ChatAppLabel } from "@/lib/chat";
import { visibleText } from "@/lib/visible-text";
import { LiveView } from "./live-view";
import { MessageTimes } from "./message-times";
import { SampleNote } from "./sample-note";
import { chartOf, summaryOf } from "./trend-chart-data";
import { TrendFigure } from "./trend-figure";
import { TrendTable } from "./trend-table";
import type { TrendView } from "./trend-view";
import { ViewControls } from "./view-controls";
import { ViewHead } from "./view-head";
import { type ViewParams, viewAddress } from "./view-params";
import { NoCountShown, NoCountYet, NothingInRange } from "./view-screens";
import { zonesOf } from "./zones";

type ViewBodyProps = {
  view: TrendView;
  params: ViewParams;
  app: ChatAppLabel;
  ownZone: string;
};

/** A channel, its counts over time as lines and as a table, and the ways to other such views. */
export function ViewBody({ view, params, app, ownZone }: ViewBodyProps) {
  const t = useTranslations("trend");
  const format = useFormatter();
  const { channel, others, trend, range, messages, unknown } = view;
  const timeZone = params.zone ?? ownZone;
  const at = (moment: Date) => format.dateTime(moment, "exact", { timeZone });
  const channels = [channel, ...others].map(namedChannel);
  return (
    <>
      <ViewHead channel={channel} app={app} timeZone={timeZone} readAt={range.to} />
      <SampleNote view={view} timeZone={timeZone} />
      {unknown.length > 0 && (
        <Alert tone="warn">
          {t("unknownOthers", { count: unknown.length, ids: unknown.map(visibleText).join(", ") })}
        </Alert>
      )}
      <LiveView readAt={range.to}>
        {trend === null ? (
          <NoCountShown />
        ) : channel.countedAt === null ? (
          <NoCountYet />
        ) : (
          <>
            <ViewControls
              params={params}
              app={app.slug}
              others={channels.slice(1)}
              zones={zonesOf(ownZone, app.region, params.zone)}
              timeZone={timeZone}
            />
            {trend.moments.length === 0 ? (
              <NothingInRange params={params} countedAt={channel.countedAt} timeZone={timeZone} />
            ) : (
              <>
                <TrendFigure
                  data={chartOf(trend, range, messages, channels, params.index)}
                  counts={trend.series.map(({ counts }) => counts)}
                  label={summaryOf(trend, range, channels, { t, format, at })}
                  timeZone={timeZone}
                  isIndex={params.index}
                  isThinned={trend.isThinned}
                  isOneReading={trend.moments.length === 1}
                  baseless={channels.flatMap(({ name }, index) =>
                    params.index && !trend.series[index]?.base ? [name] : [],
                  )}
                />
                <TrendTable
                  rows={trendRows(trend).toReversed()}
                  channels={channels}
                  timeZone={timeZone}
                  isIndex={params.index}
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
