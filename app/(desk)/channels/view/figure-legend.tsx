import { useTranslations } from "next-intl";
import type { ChartLine } from "@/components/chart/chart-data";
import { BandMark, LineMark, MomentMark } from "@/components/chart/line-look";

type FigureLegendProps = { lines: readonly ChartLine[]; hasMarks: boolean; hasBand: boolean };

/** What each line and mark of the chart is. */
export function FigureLegend({ lines, hasMarks, hasBand }: FigureLegendProps) {
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
