"use client";

import { ImageDown, Images } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import type { ChartData, ChartLine } from "@/components/chart/draw-chart";
import { LazyPlot } from "@/components/chart/lazy-plot";
import { BandMark, LineMark, MomentMark } from "@/components/chart/line-look";
import type { ChartPicture } from "@/components/chart/plot";
import { saveBlob } from "@/components/listing/export/run-export";
import { IconButton } from "@/components/ui/icon-button";

type TrendFigureProps = {
  data: ChartData;
  /** The counts of each line, also for an index chart. */
  counts: readonly (readonly (number | null)[])[];
  label: string;
  timeZone: string;
  isIndex: boolean;
  isReduced: boolean;
  isOneReading: boolean;
  /** The texts and the file name of a picture of the chart. */
  picture: Omit<ChartPicture, "names"> & { readonly fileName: string };
  /** Names of lines without a base for the index. */
  baseless: readonly string[];
};

/** The chart with its legend and a cursor for pointer and keyboard. */
export function TrendFigure({ data, counts, label, timeZone, ...notes }: TrendFigureProps) {
  const { isIndex, isReduced, isOneReading, picture, baseless } = notes;
  const figure = useRef<HTMLElement>(null);
  const [said, setSaid] = useState<"copied" | "notCopied" | "notSaved" | null>(null);
  const t = useTranslations("trend");
  const locale = useLocale();
  const format = useFormatter();
  const [pointed, setCursor] = useState<number | null>(null);
  // Another range may have fewer moments.
  const cursor = pointed !== null && pointed < data.moments.length ? pointed : null;
  const digits = isIndex ? 1 : 0;
  const numbers = useMemo(
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
    [locale, digits],
  );
  const formatValue = useCallback((value: number) => numbers.format(value), [numbers]);
  const moment = cursor === null ? undefined : data.moments[cursor];
  const time =
    moment === undefined ? null : format.dateTime(new Date(moment), "exact", { timeZone });
  const values = data.lines.map((line, place) => {
    const value = cursor === null ? null : (line.values[cursor] ?? null);
    const count = cursor === null ? null : (counts[place]?.[cursor] ?? null);
    if (value === null || count === null) return t("cursorNothing", { name: line.label });
    const text = isIndex
      ? t("indexOf", { index: formatValue(value), count: format.number(count) })
      : format.number(count);
    return t("cursorValue", { name: line.label, value: text });
  });
  const valuesText = values.join(" · ");

  const draw = async () => {
    const { chartPicture } = await import("@/components/chart/plot");
    if (!figure.current) throw new Error("The chart is not on the page.");
    return chartPicture(figure.current, {
      ...picture,
      names: data.lines.map(({ label: name }) => name),
    });
  };
  const copy = async () => {
    setSaid(null);
    try {
      // Safari wants the item during the press. Its content may come later.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": draw() })]);
      setSaid("copied");
    } catch {
      // Refused by the browser, or not available without https.
      setSaid("notCopied");
    }
  };
  const save = async () => {
    setSaid(null);
    try {
      saveBlob(picture.fileName, await draw());
    } catch {
      // The chart is not drawn yet.
      setSaid("notSaved");
    }
  };
  return (
    <>
      <figure
        ref={figure}
        className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-control border border-line bg-raised p-3"
      >
        <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <FigureLegend
            lines={data.lines}
            hasMarks={data.marks.length > 0}
            hasBand={hasBand(data)}
          />
          <span className="flex items-center gap-1">
            <span className="text-dense text-muted">
              {isIndex ? t("indexAxis") : t("countAxis")}
            </span>
            <IconButton label={t("picture.copy")} onClick={copy}>
              <Images aria-hidden />
            </IconButton>
            <IconButton label={t("picture.save")} onClick={save}>
              <ImageDown aria-hidden />
            </IconButton>
          </span>
        </figcaption>
        <div className="relative">
          <LazyPlot
            {...{ data, label, locale, timeZone, formatValue, cursor }}
            isWhole={!isIndex}
            onCursor={setCursor}
            tooltip={
              time !== null && (
                <>
                  <div className="text-muted">{time}</div>
                  {data.lines.map((line, place) => (
                    <div key={line.id} className="flex items-center gap-1.5">
                      {data.lines.length > 1 && <LineMark place={place} />}
                      <span>{values[place]}</span>
                    </div>
                  ))}
                </>
              )
            }
          />
          <CursorSlider
            count={data.moments.length}
            cursor={cursor}
            text={time === null ? t("noCursor") : `${time}: ${valuesText}`}
            onCursor={setCursor}
          />
        </div>
        <output className="min-h-10 text-dense tabular-nums sm:min-h-5">
          {time === null ? (
            <span className="text-muted">{t("cursorHint")}</span>
          ) : (
            <>
              <span className="font-medium">{time}</span> {valuesText}
            </>
          )}
        </output>
        {isOneReading && <p className="text-muted">{t("oneReading")}</p>}
        {baseless.length > 0 && (
          <p className="text-warn">{t("noBase", { names: format.list([...baseless]) })}</p>
        )}
        {isReduced && <p className="text-dense text-muted">{t("thinned")}</p>}
      </figure>
      <p role="status" className="text-dense text-muted empty:hidden">
        {said && t(`picture.${said}`)}
      </p>
    </>
  );
}

/** Returns whether the band of extremes is visible. Many hours and days have one count only. */
export function hasBand({ lines, moments }: Pick<ChartData, "lines" | "moments">): boolean {
  const [line, another] = lines;
  if (!line || another) return false;
  return line.most.some((most, index) => {
    const least = line.least[index] ?? null;
    return most !== null && least !== null && most > least && index + 1 < moments.length;
  });
}

type FigureLegendProps = { lines: readonly ChartLine[]; hasMarks: boolean; hasBand: boolean };

/** The legend of the chart. */
function FigureLegend({ lines, hasMarks, hasBand }: FigureLegendProps) {
  const t = useTranslations("trend");
  return (
    <ul aria-label={t("legend")} className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
      {lines.map(({ id, label }, place) => (
        <li key={id} className="inline-flex min-w-0 items-center gap-1.5">
          <LineMark place={place} />
          <bdi className="max-w-60 truncate">{label}</bdi>
        </li>
      ))}
      {hasBand && (
        <li className="inline-flex items-center gap-1.5">
          <BandMark />
          {t("band")}
        </li>
      )}
      {hasMarks && (
        <li className="inline-flex items-center gap-1.5">
          <MomentMark />
          {t("mark")}
        </li>
      )}
    </ul>
  );
}

type CursorSliderProps = {
  /** The number of moments. */
  count: number;
  /** The index of the moment at the cursor. */
  cursor: number | null;
  /** The values at the cursor. */
  text: string;
  onCursor: (cursor: number | null) => void;
};

/** Moments that a page key skips. */
const PAGE = 20;

/** The keyboard cursor of the chart: a slider over the chart that pointers ignore. */
function CursorSlider({ count, cursor, text, onCursor }: CursorSliderProps) {
  const t = useTranslations("trend");
  const last = count - 1;

  function move(event: KeyboardEvent) {
    const to = steps(cursor ?? last, last)[event.key];
    if (event.key === "Escape") onCursor(null);
    if (to === undefined) return;
    event.preventDefault();
    // The first key only shows the cursor.
    const isFirst = cursor === null && event.key.startsWith("Arrow");
    onCursor(isFirst ? last : Math.min(last, Math.max(0, to)));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("cursor")}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={cursor ?? last}
      aria-valuetext={text}
      onKeyDown={move}
      onBlur={() => onCursor(null)}
      className="pointer-events-none absolute inset-0 rounded-mark"
    />
  );
}

function steps(cursor: number, last: number): Readonly<Record<string, number>> {
  return {
    ArrowLeft: cursor - 1,
    ArrowDown: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor + 1,
    PageDown: cursor - PAGE,
    PageUp: cursor + PAGE,
    Home: 0,
    End: last,
  };
}
