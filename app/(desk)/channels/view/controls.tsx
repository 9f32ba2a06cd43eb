import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LineMark } from "@/components/chart/line-look";
import { CopyButton } from "@/components/ui/copy";
import { RANGE_IDS } from "@/lib/channels/history/trend";
import type { NamedChannel } from "@/lib/channels/known-channel";
import { env } from "@/lib/env";
import { EXPORT_FORMATS } from "@/lib/export/formats";
import {
  chosenDates,
  exportAddress,
  MOST_OTHERS,
  NO_DATES,
  type ViewParams,
  viewAddress,
} from "./params";
import { CompareButton, DatesButton, ZoneSelect } from "./pickers";

type ViewControlsProps = {
  params: ViewParams;
  app: string;
  others: readonly NamedChannel[];
  zones: readonly string[];
  timeZone: string;
  now: Date;
};

/** The range, values and time zone of the chart, as links. */
export function ViewControls({ params, app, others, zones, timeZone, now }: ViewControlsProps) {
  const t = useTranslations("trend");
  const dates = chosenDates(params);
  const without = (id: string) => params.with.filter((other) => other !== id);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Choices label={t("range")}>
          {RANGE_IDS.map((range) => (
            <Choice
              key={range}
              href={viewAddress(params, { range, ...NO_DATES })}
              isChosen={range === params.range && dates === null}
            >
              {t(`ranges.${range}`)}
            </Choice>
          ))}
          <DatesButton params={params} timeZone={timeZone} now={now} className={choice} />
        </Choices>
        {FLAGS.map(({ param, label, off, on }) => (
          <Choices key={param} label={t(label)}>
            <Choice href={viewAddress(params, { [param]: false })} isChosen={!params[param]}>
              {t(off)}
            </Choice>
            <Choice href={viewAddress(params, { [param]: true })} isChosen={params[param]}>
              {t(on)}
            </Choice>
          </Choices>
        ))}
        <ZoneSelect
          zones={zones.map((zone) => ({ zone, href: viewAddress(params, { zone }) }))}
          chosen={timeZone}
        />
        {params.with.length < MOST_OTHERS && <CompareButton app={app} params={params} />}
        {/* The days of a file are those of the table. */}
        <TakeAway params={params.daily ? { ...params, zone: timeZone } : params} />
      </div>
      {others.length > 0 && (
        <ul aria-label={t("compared")} className="flex flex-wrap gap-2">
          {others.map(({ id, name }, index) => (
            <li
              key={id}
              className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-control border border-line bg-raised pl-2"
            >
              <LineMark place={index + 1} />
              <bdi title={id} className="min-w-0 max-w-60 truncate">
                {name}
              </bdi>
              <Link
                prefetch={false}
                scroll={false}
                href={viewAddress(params, { with: without(id) })}
                aria-label={t("removeOther", { name })}
                title={t("removeOther", { name })}
                className="inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-4" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const FLAGS = [
  { param: "index", label: "values", off: "absolute", on: "indexed" },
  { param: "daily", label: "rows", off: "eachReading", on: "byDay" },
] as const;

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form, and these are links
    <div
      role="group"
      aria-label={label}
      className="flex flex-wrap gap-px overflow-hidden rounded-control border border-control bg-line"
    >
      {children}
    </div>
  );
}

type ChoiceProps = { href: string; isChosen: boolean; children: ReactNode };

function Choice({ href, isChosen, children }: ChoiceProps) {
  return (
    <Link
      prefetch={false}
      scroll={false}
      href={href}
      aria-current={isChosen ? "true" : undefined}
      className={choice}
    >
      {children}
    </Link>
  );
}

const choice =
  "inline-flex h-7.5 grow items-center justify-center whitespace-nowrap bg-raised px-2.5 -outline-offset-2 hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-ink forced-colors:aria-[current]:underline";

/** Links to the exported files, and a button that copies the address. */
function TakeAway({ params }: { params: ViewParams }) {
  const t = useTranslations("trend");
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <span className="text-muted">{t("export")}</span>
      {EXPORT_FORMATS.map((format) => (
        <a
          key={format}
          download
          href={exportAddress(params, format)}
          aria-label={t("exportAs", { format: format.toUpperCase() })}
          className="inline-flex h-8 items-center rounded-mark px-1 text-accent-ink underline-offset-4 hover:underline"
        >
          {format.toUpperCase()}
        </a>
      ))}
      <CopyButton value={new URL(viewAddress(params), env().appUrl).href} label={t("copyLink")} />
    </div>
  );
}
