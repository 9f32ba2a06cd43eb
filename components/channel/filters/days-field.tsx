"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type DaysFieldProps = {
  written: string;
  /** What is written as a number, or null. */
  days: number | null;
  now: Date;
  problem: string | null;
  onWrite: (written: string) => void;
  /** One of the usual numbers, to be applied at once. */
  onChoose: (days: number) => void;
};

const USUAL = [7, 30, 90];
const DAY = 24 * 60 * 60 * 1000;

/** The last so many days, and the moment at which they begin. */
export function DaysField({ written, days, now, problem, onWrite, onChoose }: DaysFieldProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const since = days === null ? null : new Date(now.getTime() - days * DAY);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {USUAL.map((usual) => (
          <Button key={usual} onClick={() => onChoose(usual)}>
            {t("preset", { days: usual })}
          </Button>
        ))}
      </div>
      <Field
        label={t("days")}
        hint={since && t("since", { at: format.dateTime(since, "exact") })}
        error={problem}
      >
        {(control) => (
          <Input
            {...control}
            value={written}
            inputMode="numeric"
            autoComplete="off"
            className="text-right tabular-nums"
            onChange={(event) => onWrite(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
