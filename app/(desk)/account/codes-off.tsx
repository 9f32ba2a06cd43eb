"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { switchCodesOff } from "./actions";

/** Asks for both before the second is not asked for any more. */
export function CodesOff({ onEnd }: { onEnd: () => void }) {
  const t = useTranslations("account.codes");
  const { run, isPending, problem } = useAction(switchCodesOff, onEnd);
  const start = useRef<HTMLParagraphElement>(null);
  useEffect(() => start.current?.focus(), []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ code: String(form.get("code")), password: String(form.get("password")) });
  }
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="grid max-w-110 gap-4">
      <p ref={start} tabIndex={-1} className="outline-none">
        {t("offSentence")}
      </p>
      <Field label={t("password")}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="current-password" required />
        )}
      </Field>
      <Field label={t("anyCode")}>
        {(control) => (
          <Input {...control} name="code" autoComplete="one-time-code" maxLength={100} required />
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" aria-disabled={isPending}>
          {t("switchOff")}
        </Button>
        <Button onClick={onEnd}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
