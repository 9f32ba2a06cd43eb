"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, Input, keepComposingEnter } from "@/components/ui/field";
import type { SilentBand } from "@/lib/channels/directory/directory";
import {
  type DirectoryParams,
  MAX_SILENT_DAYS,
  parseDays,
  type SetDirectoryParams,
} from "@/lib/channels/directory/search-params";
import { MAX_DAYS } from "@/lib/subscriptions/filter";
import { AddressLink } from "./address-link";

type SilenceBandsProps = {
  bands: readonly SilentBand[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
};

/** Links to the bands of silence, and a form for their thresholds. */
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

type SilenceDaysProps = {
  days: readonly number[];
  onDays: (days: readonly number[]) => void;
};

/** A form for the days at which the bands of silence start. */
function SilenceDays({ days, onDays }: SilenceDaysProps) {
  const t = useTranslations("channels.silence");
  const [text, setText] = useState(days.join(", "));
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseDays(text);
    setIsWrong(parsed === null);
    if (parsed) onDays(parsed);
  };
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="flex items-end gap-2">
      <Field
        label={t("days")}
        error={isWrong && t("wrongDays", { most: MAX_SILENT_DAYS, max: MAX_DAYS })}
      >
        {(control) => (
          <Input
            {...control}
            value={text}
            autoComplete="off"
            className="!w-40"
            onChange={(event) => {
              setText(event.target.value);
              setIsWrong(false);
            }}
          />
        )}
      </Field>
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}
