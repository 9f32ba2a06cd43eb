"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, Input, Select } from "@/components/ui/field";
import { type Filter, MAX_DAYS, MAX_FILTER_TEXT } from "@/lib/subscriptions/filter";
import { daysBefore } from "@/lib/time";
import { instantOf, parseChange, parseCount, type WallTime, wallTimeOf } from "./field-text";
import type { FilterFormProps } from "./filter-column";
import { emptiness, silence, writtenNumber } from "./words";

type FormFrameProps = Pick<FilterFormProps, "filter" | "onApply"> & {
  /** Returns the filter of the fields, null for none, or an error message. */
  read: () => Filter | null | string;
  /** Receives the error message, to show it at a field. */
  children: (problem: string | null) => ReactNode;
};

/** The form around the fields of every kind, with Apply, Clear and the error state. */
export function FormFrame({ filter, onApply, read, children }: FormFrameProps) {
  const t = useTranslations("filters");
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);
  return (
    <Form
      ref={form}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
      onChange={() => setProblem(null)}
      onSubmit={() => {
        const result = read();
        if (typeof result === "string") setProblem(result);
        else onApply(result);
      }}
    >
      {children(problem)}
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          {t("apply")}
        </Button>
        {filter && <Button onClick={() => onApply(null)}>{t("clear")}</Button>}
      </div>
    </Form>
  );
}

type InputFieldProps = ComponentProps<"input"> &
  Pick<ComponentProps<typeof Field>, "label" | "hint" | "error">;

function InputField({ label, hint, error, ...input }: InputFieldProps) {
  return (
    <Field {...{ label, hint, error }}>
      {(control) => <Input {...control} autoComplete="off" {...input} />}
    </Field>
  );
}

type ConditionSelectProps<Op extends string> = {
  value: Op;
  options: readonly { readonly op: Op; readonly words: string }[];
  onChange: (op: Op) => void;
};

function ConditionSelect<Op extends string>(props: ConditionSelectProps<Op>) {
  const { value, options, onChange } = props;
  const t = useTranslations("filters");
  return (
    <Select
      aria-label={t("condition")}
      value={value}
      onChange={(event) => {
        const chosen = options.find(({ op }) => op === event.target.value);
        if (chosen) onChange(chosen.op);
      }}
    >
      {options.map(({ op, words }) => (
        <option key={op} value={op}>
          {words}
        </option>
      ))}
    </Select>
  );
}

const TEXT_CONDITIONS = ["contains", "is", "empty"] as const;

/** Filters a text: contains, is, or empty. */
export function TextForm({ filter, onApply }: FilterFormProps) {
  const t = useTranslations("filters");
  const [op, setOp] = useState(
    () => TEXT_CONDITIONS.find((known) => known === filter?.op) ?? "contains",
  );
  const [text, setText] = useState(filter && "text" in filter ? filter.text : "");
  const read = () => {
    if (op === "empty") return { op };
    return text === "" ? t("problem.text") : { op, text };
  };
  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) => (
        <>
          <ConditionSelect
            value={op}
            options={TEXT_CONDITIONS.map((known) => ({
              op: known,
              words: t(`conditions.${known}`),
            }))}
            onChange={setOp}
          />
          {op !== "empty" && (
            <InputField
              label={t("text")}
              error={problem}
              value={text}
              maxLength={MAX_FILTER_TEXT}
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </>
      )}
    </FormFrame>
  );
}

/** Filters a number by a minimum, a maximum or both. */
export function RangeForm({ column: { kind }, filter, onApply }: FilterFormProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const [written, setWritten] = useState(() => {
    const { min, max } = filter?.op === "between" ? filter : { min: null, max: null };
    const write = (bound: number | null) =>
      bound === null ? "" : writtenNumber(bound, kind, format);
    return { min: write(min), max: write(max) };
  });
  const isSigned = kind === "change" || kind === "percent";
  const parse = (text: string) => (isSigned ? parseChange(text, kind) : parseCount(text));
  const isUnreadable = (text: string) => text.trim() !== "" && parse(text) === null;
  const problemOf = isSigned ? kind : "count";
  const read = () => {
    const min = parse(written.min);
    const max = parse(written.max);
    if (isUnreadable(written.min) || isUnreadable(written.max)) return t(`problem.${problemOf}`);
    if (min === null && max === null) return null;
    if (min !== null && max !== null && min > max) return t("problem.order");
    return { op: "between", min, max } as const;
  };
  const isMinValid = isUnreadable(written.max) && !isUnreadable(written.min);
  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) =>
        (["min", "max"] as const).map((bound) => (
          // No inputMode: a numeric keyboard cannot type "1.5k".
          <InputField
            key={bound}
            label={t(bound)}
            error={isMinValid === (bound === "max") ? problem : null}
            value={written[bound]}
            className="text-right tabular-nums"
            onChange={(event) => setWritten({ ...written, [bound]: event.target.value })}
          />
        ))
      }
    </FormFrame>
  );
}

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

/** The number of days, with the time at which they start. */
function DaysField({ written, days, now, problem, onWrite, onChoose }: DaysFieldProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const since = days === null ? null : daysBefore(now, days);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {PRESETS.map((preset) => (
          <Button key={preset} onClick={() => onChoose(preset)}>
            {t("preset", { days: preset })}
          </Button>
        ))}
      </div>
      <InputField
        label={t("days")}
        hint={since && t("since", { at: format.dateTime(since, "exact") })}
        error={problem}
        value={written}
        inputMode="numeric"
        className="text-right tabular-nums"
        onChange={(event) => onWrite(event.target.value)}
      />
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
      <InputField
        label={t("date")}
        error={problem}
        type="date"
        min="1970-01-01"
        max="9999-12-31"
        value={wall.date}
        onChange={(event) => onWall({ ...wall, date: event.target.value })}
      />
      <InputField
        label={t("time")}
        hint={t("zone", { zone: timeZone })}
        type="time"
        // Browsers hide seconds with a step of a minute.
        step={wall.time.length > 5 ? 1 : undefined}
        value={wall.time}
        onChange={(event) => onWall({ ...wall, time: event.target.value })}
      />
    </>
  );
}
