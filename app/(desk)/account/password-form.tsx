"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, keepComposingEnter } from "@/components/ui/field";
import { SHORTEST_PASSWORD } from "@/lib/auth/password-rules";
import { changePassword } from "./actions";

/** The current and the new password. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("account.password");
  const [isChanged, setChanged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, problem } = useAction(changePassword, () => {
    form.current?.reset();
    setChanged(true);
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChanged(false);
    const given = new FormData(event.currentTarget);
    run({ current: String(given.get("current")), next: String(given.get("next")) });
  }
  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={keepComposingEnter}
      className="grid max-w-90 gap-4"
    >
      {/* Tells a password manager whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("current")}>
        {(control) => (
          <PasswordInput {...control} name="current" autoComplete="current-password" required />
        )}
      </Field>
      <Field label={t("next")} hint={t("hint", { min: SHORTEST_PASSWORD })}>
        {(control) => (
          <PasswordInput {...control} name="next" autoComplete="new-password" required />
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      {isChanged && <Alert tone="good">{t("done")}</Alert>}
      <Button type="submit" className="justify-self-start" aria-disabled={isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}
