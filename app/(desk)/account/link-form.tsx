"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, keepComposingEnter } from "@/components/ui/field";
import type { SsoProblem } from "@/lib/auth/oidc/sso";
import { startSso } from "@/lib/auth/oidc/sso";
import { linkAccount } from "./actions";

type LinkFormProps = {
  /** The identity provider's name. */
  name: string;
  email: string;
  /** Why the last attempt failed, and the provider account it was about. */
  problem: SsoProblem | null;
  account: string | null;
};

/** Asks for the password and opens the provider to link the account. */
export function LinkForm({ name, email, account, problem: last }: LinkFormProps) {
  const t = useTranslations("account.link");
  const sso = useTranslations("sso");
  const [ssoProblem, setSsoProblem] = useState(last);
  const { run, isPending, problem } = useAction(linkAccount, leave);

  async function leave(ticket: string) {
    const started = await startSso("/account", ticket);
    if ("problem" in started) setSsoProblem(started.problem);
    else window.location.assign(started.url);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setSsoProblem(null);
    run({ password: String(new FormData(event.currentTarget).get("password")) });
  }
  const who = account === null ? sso("yourAccount") : sso("account", { account });
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="grid max-w-110 gap-4">
      <p>{t("sentence", { name })}</p>
      {/* Tells a password manager whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("password")}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="current-password" required />
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      {ssoProblem && !isPending && <Alert>{sso(`problems.${ssoProblem}`, { name, who })}</Alert>}
      <Button type="submit" className="justify-self-start" aria-disabled={isPending}>
        {t("submit", { name })}
      </Button>
    </form>
  );
}
