"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FormFrame } from "./form-frame";
import { parseCount } from "./parse-count";
import type { Question } from "./question";

/** A count between two others; a bound that is left out is open. */
export function CountForm({ filter, onApply }: Question) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const [written, setWritten] = useState(() => {
    const { min, max } = filter?.op === "between" ? filter : { min: null, max: null };
    const write = (bound: number | null) => (bound === null ? "" : format.number(bound));
    return { min: write(min), max: write(max) };
  });
  const read = () => {
    const min = parseCount(written.min);
    const max = parseCount(written.max);
    if (isUnreadable(written.min) || isUnreadable(written.max)) return t("problem.count");
    if (min === null && max === null) return null;
    if (min !== null && max !== null && min > max) return t("problem.order");
    return { op: "between", min, max } as const;
  };
  const minIsFine = isUnreadable(written.max) && !isUnreadable(written.min);
  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) => (
        <>
          <BoundField
            label={t("min")}
            error={minIsFine ? null : problem}
            value={written.min}
            onChange={(event) => setWritten({ ...written, min: event.target.value })}
          />
          <BoundField
            label={t("max")}
            error={minIsFine ? problem : null}
            value={written.max}
            onChange={(event) => setWritten({ ...written, max: event.target.value })}
          />
        </>
      )}
    </FormFrame>
  );
}

function isUnreadable(text: string): boolean {
  return text.trim() !== "" && parseCount(text) === null;
}

type BoundFieldProps = ComponentProps<"input"> & { label: string; error: string | null };

function BoundField({ label, error, ...input }: BoundFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        // A keyboard of digits only would not let "1.5k" through.
        <Input {...control} {...input} autoComplete="off" className="text-right tabular-nums" />
      )}
    </Field>
  );
}
