"use client";

import { useFormatter, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { SilentBand } from "@/lib/channels/directory";
import { AddressLink } from "./address-link";
import type { DirectoryParams, SetDirectoryParams } from "./search-params";
import { SilenceDays } from "./silence-days";

type SilenceBandsProps = {
  bands: readonly SilentBand[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
};

/** How long channels have been silent, in bands to choose from, and where those begin. */
export function SilenceBands({ bands, params, setParams }: SilenceBandsProps) {
  const t = useTranslations("channels.silence");
  const format = useFormatter();
  const words = (index: number) => {
    const [from, to] = [bands[index]?.days, bands[index + 1]?.days];
    if (typeof from !== "number") return t("never");
    return typeof to === "number" ? t("between", { from, to }) : t("over", { from });
  };
  const all = {
    band: null,
    words: t("all"),
    count: bands.reduce((sum, { count }) => sum + count, 0),
  };
  const each = bands.map(({ days, count }, index) => ({
    ...{ band: days === "never" ? days : index, words: words(index), count },
  }));
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <ul aria-label={t("label")} className="flex flex-wrap gap-2">
        {[all, ...each].map(({ band, words: label, count }) => {
          const isChosen = params.band === band;
          return (
            <li key={String(band)}>
              <AddressLink
                params={params}
                setParams={setParams}
                change={{ band, offset: null }}
                aria-current={isChosen ? "true" : undefined}
                className={`${buttonClass("secondary")} ${isChosen ? "!border-accent !bg-accent-soft" : ""}`}
              >
                {label} <span className="text-muted tabular-nums">{format.number(count)}</span>
              </AddressLink>
            </li>
          );
        })}
      </ul>
      <SilenceDays
        key={params.silent.join()}
        days={params.silent}
        onDays={(silent) => void setParams({ silent, band: null, offset: null })}
      />
    </div>
  );
}
