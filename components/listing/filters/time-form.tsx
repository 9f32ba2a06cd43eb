"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { MAX_DAYS } from "@/lib/subscriptions/filter";
import { instantOf, parseCount, type WallTime, wallTimeOf } from "./field-text";
import type { FilterFormProps } from "./filter-column";
import { ConditionSelect, FormFrame } from "./form-frame";
import { emptiness, silence } from "./words";

const CONDITIONS = ["withinDays", "notWithinDays", "before", "after", "empty"] as const;

/** Filters a time: in the last days or not, before, after, or absent. */
export function TimeForm({ column, filter, rows, onApply }: FilterFormProps) {
  const t = useTranslations("filters");
  const timeZone = useTimeZone() ?? "UTC";
  const [op, setOp] = useState(
    () => CONDITIONS.find((known) => known === filter?.op) ?? "withinDays",
  );
  const [days, setDays] = useState(filter && "days" in filter ? String(filter.days) : "");
  const current = filter && "at" in filter ? filter.at : null;
  const [start] = useState(current ? wallTimeOf(current, timeZone) : { date: "", time: "" });
  const [wall, setWall] = useState(start);
  const countedDays = daysIn(days);

  const read = () => {
    if (op === "empty") return { op };
    if (op === "withinDays" || op === "notWithinDays") {
      return countedDays === null
        ? t("problem.days", { max: MAX_DAYS })
        : { op, days: countedDays };
    }
    // The fields cannot show the second of two equal hours, so an unchanged time is kept as it is.
    const isUntouched = wall.date === start.date && wall.time === start.time;
    const at =
      current && isUntouched
        ? current
        : instantOf({ ...wall, time: wall.time || "00:00" }, timeZone);
    return at === null ? t("problem.date") : { op, at };
  };
  const words = (known: (typeof CONDITIONS)[number]) => {
    if (known === "empty") return t(`conditions.${emptiness(column)}`);
    return t(`conditions.${known === "notWithinDays" ? silence(column) : known}`);
  };

  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) => (
        <>
          <ConditionSelect
            value={op}
            options={CONDITIONS.map((known) => ({ op: known, words: words(known) }))}
            onChange={setOp}
          />
          {(op === "withinDays" || op === "notWithinDays") && (
            <DaysField
              written={days}
              days={countedDays}
              now={rows.now}
              problem={problem}
              onWrite={setDays}
              onChoose={(chosen) => onApply({ op, days: chosen })}
            />
          )}
          {(op === "before" || op === "after") && (
            <MomentFields wall={wall} timeZone={timeZone} problem={problem} onWall={setWall} />
          )}
        </>
      )}
    </FormFrame>
  );
}

function daysIn(written: string): number | null {
  const days = parseCount(written);
  return days !== null && days >= 1 && days <= MAX_DAYS ? days : null;
}

type DaysFieldProps = {
  written: string;
  /** The parsed number, or null. */
  days: number | null;
  now: Date;
  problem: string | null;
  onWrite: (written: string) => void;
  /** Applies one of the presets. */
  onChoose: (days: number) => void;
};

const PRESETS = [7, 30, 90];
const DAY = 24 * 60 * 60 * 1000;

/** The number of days, with the time at which they start. */
function DaysField({ written, days, now, problem, onWrite, onChoose }: DaysFieldProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const since = days === null ? null : new Date(now.getTime() - days * DAY);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {PRESETS.map((preset) => (
          <Button key={preset} onClick={() => onChoose(preset)}>
            {t("preset", { days: preset })}
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

type MomentFieldsProps = {
  wall: WallTime;
  timeZone: string;
  problem: string | null;
  onWall: (wall: WallTime) => void;
};

/** A date and a time in the person's time zone. Without a time, midnight. */
function MomentFields({ wall, timeZone, problem, onWall }: MomentFieldsProps) {
  const t = useTranslations("filters");
  return (
    <>
      <Field label={t("date")} error={problem}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min="1970-01-01"
            max="9999-12-31"
            value={wall.date}
            onChange={(event) => onWall({ ...wall, date: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("time")} hint={t("zone", { zone: timeZone })}>
        {(control) => (
          <Input
            {...control}
            type="time"
            // Browsers hide seconds with a step of a minute.
            step={wall.time.length > 5 ? 1 : undefined}
            value={wall.time}
            onChange={(event) => onWall({ ...wall, time: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
