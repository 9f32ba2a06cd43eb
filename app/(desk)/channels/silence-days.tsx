"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_DAYS } from "@/lib/subscriptions/filter-text";
import { MAX_SILENT_DAYS, parseDays } from "./search-params";

type SilenceDaysProps = {
  days: readonly number[];
  onDays: (days: readonly number[]) => void;
};

/** Asks after how many days without a message the bands begin. */
export function SilenceDays({ days, onDays }: SilenceDaysProps) {
  const t = useTranslations("channels.silence");
  const [written, setWritten] = useState(days.join(", "));
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = parseDays(written);
    setIsWrong(wanted === null);
    if (wanted) onDays(wanted);
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
            value={written}
            autoComplete="off"
            className="!w-40"
            onChange={(event) => {
              setWritten(event.target.value);
              setIsWrong(false);
            }}
          />
        )}
      </Field>
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}
