"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Field, Input } from "@/components/ui/field";
import { MAX_FILTER_TEXT } from "@/lib/subscriptions/filter";
import { ChoiceForm } from "./choice-form";
import { parseChange, parseCount } from "./field-text";
import type { FilterFormProps } from "./filter-column";
import { ConditionSelect, FormFrame } from "./form-frame";
import { TimeForm } from "./time-form";
import { writtenNumber } from "./words";

const FORMS = {
  text: TextForm,
  choice: ChoiceForm,
  count: RangeForm,
  change: RangeForm,
  percent: RangeForm,
  time: TimeForm,
};

/** Renders the form for the column's kind. */
export function FilterForm(form: FilterFormProps) {
  const Form = FORMS[form.column.kind];
  return <Form {...form} />;
}

const TEXT_CONDITIONS = ["contains", "is", "empty"] as const;

/** Filters a text: contains, is, or empty. */
function TextForm({ filter, onApply }: FilterFormProps) {
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
            <Field label={t("text")} error={problem}>
              {(control) => (
                <Input
                  {...control}
                  value={text}
                  maxLength={MAX_FILTER_TEXT}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
          )}
        </>
      )}
    </FormFrame>
  );
}

/** Filters a number by a minimum, a maximum or both. */
function RangeForm({ column: { kind }, filter, onApply }: FilterFormProps) {
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
      {(problem) => (
        <>
          <BoundField
            label={t("min")}
            error={isMinValid ? null : problem}
            value={written.min}
            onChange={(event) => setWritten({ ...written, min: event.target.value })}
          />
          <BoundField
            label={t("max")}
            error={isMinValid ? problem : null}
            value={written.max}
            onChange={(event) => setWritten({ ...written, max: event.target.value })}
          />
        </>
      )}
    </FormFrame>
  );
}

type BoundFieldProps = ComponentProps<"input"> & { label: string; error: string | null };

function BoundField({ label, error, ...input }: BoundFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        // No inputMode: a numeric keyboard cannot type "1.5k".
        <Input {...control} {...input} autoComplete="off" className="text-right tabular-nums" />
      )}
    </Field>
  );
}
