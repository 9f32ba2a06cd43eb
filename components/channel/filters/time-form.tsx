"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { MAX_DAYS } from "@/lib/subscriptions/filter-text";
import { ConditionSelect } from "./condition-select";
import { DaysField } from "./days-field";
import { FormFrame } from "./form-frame";
import { MomentFields } from "./moment-fields";
import { parseCount } from "./parse-count";
import type { Question } from "./question";
import { instantOf, wallTimeOf } from "./wall-time";
import { emptiness } from "./words";

const CONDITIONS = ["withinDays", "before", "after", "empty"] as const;

/** A moment before or after another, in the last days, or never. */
export function TimeForm({ column, filter, facts, onApply }: Question) {
  const t = useTranslations("filters");
  const timeZone = useTimeZone() ?? "UTC";
  const [op, setOp] = useState(
    () => CONDITIONS.find((known) => known === filter?.op) ?? "withinDays",
  );
  const [days, setDays] = useState(filter?.op === "withinDays" ? String(filter.days) : "");
  const given = filter && "at" in filter ? filter.at : null;
  const [start] = useState(given ? wallTimeOf(given, timeZone) : { date: "", time: "" });
  const [wall, setWall] = useState(start);
  const countedDays = daysIn(days);

  const read = () => {
    if (op === "empty") return { op };
    if (op === "withinDays") {
      return countedDays === null
        ? t("problem.days", { max: MAX_DAYS })
        : { op, days: countedDays };
    }
    // Untouched, the moment keeps what the fields cannot show: the second of two equal hours.
    const isUntouched = wall.date === start.date && wall.time === start.time;
    const at =
      given && isUntouched ? given : instantOf({ ...wall, time: wall.time || "00:00" }, timeZone);
    return at === null ? t("problem.date") : { op, at };
  };
  const words = (known: (typeof CONDITIONS)[number]) =>
    t(`conditions.${known === "empty" ? emptiness(column) : known}`);

  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) => (
        <>
          <ConditionSelect
            value={op}
            options={CONDITIONS.map((known) => ({ op: known, words: words(known) }))}
            onChange={setOp}
          />
          {op === "withinDays" && (
            <DaysField
              written={days}
              days={countedDays}
              now={facts.now}
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
