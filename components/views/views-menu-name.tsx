"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_VIEW_NAME, tidyViewName } from "@/lib/view-name";

type NameFormProps = {
  /** The name to start from. */
  start: string;
  /** What sending it does, for the name typed so far. */
  submitLabel: (name: string) => string;
  isPending: boolean;
  /** Why it was not done, or null. */
  problem: string | null;
  onSubmit: (name: string) => void;
  onCancel: () => void;
  /** What else is asked. */
  children?: ReactNode;
};

/** Asks for the name of a view. */
export function NameForm({ start, children, ...props }: NameFormProps) {
  const { submitLabel, isPending, problem, onSubmit, onCancel } = props;
  const t = useTranslations("views");
  const [typed, setTyped] = useState(start);
  const [isUnfit, setUnfit] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = tidyViewName(typed);
    setUnfit(name === null);
    if (name !== null) onSubmit(name);
    else input.current?.focus();
  };
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] gap-2 px-1.5 py-2"
      onKeyDown={keepComposingEnter}
      onSubmit={submit}
    >
      <Field label={t("name")} error={isUnfit && t("nameUnfit", { max: MAX_VIEW_NAME })}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            value={typed}
            maxLength={MAX_VIEW_NAME}
            dir="auto"
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.target.value);
              setUnfit(false);
            }}
          />
        )}
      </Field>
      {children}
      {problem && (
        <p role="alert" className="text-bad text-dense">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {submitLabel(typed)}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
