"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import type { Filter } from "@/lib/subscriptions/filter";
import type { Question } from "./question";

type FormFrameProps = Pick<Question, "filter" | "onApply"> & {
  /** The filter that the fields ask for, null for none, or the sentence that says what is wrong. */
  read: () => Filter | null | string;
  /** Gets the sentence, to show it at a field. */
  children: (problem: string | null) => ReactNode;
};

/** What the forms of all kinds share: Enter and Apply, Clear, and a place to say what is wrong. */
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
        const wanted = read();
        if (typeof wanted === "string") setProblem(wanted);
        else onApply(wanted);
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
