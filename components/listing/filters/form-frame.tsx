"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter, Select } from "@/components/ui/field";
import type { Filter } from "@/lib/subscriptions/filter";
import type { FilterFormProps } from "./filter-column";

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
    <form
      ref={form}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
      onKeyDown={keepComposingEnter}
      onChange={() => setProblem(null)}
      onSubmit={(event) => {
        event.preventDefault();
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
    </form>
  );
}

type ConditionSelectProps<Op extends string> = {
  value: Op;
  options: readonly { readonly op: Op; readonly words: string }[];
  onChange: (op: Op) => void;
};

/** Selects the operator of a filter. */
export function ConditionSelect<Op extends string>(props: ConditionSelectProps<Op>) {
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
