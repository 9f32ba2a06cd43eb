"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_FILTER_TEXT } from "@/lib/subscriptions/filter-text";
import { ConditionSelect } from "./condition-select";
import { FormFrame } from "./form-frame";
import type { Question } from "./question";

const CONDITIONS = ["contains", "is", "empty"] as const;

/** A text that contains, is, or is empty. */
export function TextForm({ filter, onApply }: Question) {
  const t = useTranslations("filters");
  const [op, setOp] = useState(
    () => CONDITIONS.find((known) => known === filter?.op) ?? "contains",
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
            options={CONDITIONS.map((known) => ({ op: known, words: t(`conditions.${known}`) }))}
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
