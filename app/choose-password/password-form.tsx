"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SHORTEST_PASSWORD } from "@/lib/auth/password-rules";
import { visibleText } from "@/lib/visible-text";
import { choosePassword, type Invited } from "./actions";

/** One password, which can be looked at while it is typed. */
export function PasswordForm({ token, invited }: { token: string; invited: Invited }) {
  const t = useTranslations("choosePassword");
  const [isChosen, setChosen] = useState(false);
  const { run, isPending, problem } = useAction(choosePassword, () => setChosen(true));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ token, password: String(new FormData(event.currentTarget).get("password")) });
  }
  if (isChosen) return <Chosen />;
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="grid gap-4">
      <p>{t(invited.purpose, { name: visibleText(invited.name) })}</p>
      <Field label={t("email")}>
        {(control) => (
          <Input {...control} type="email" autoComplete="username" value={invited.email} readOnly />
        )}
      </Field>
      <Field label={t("password")} hint={t("hint", { min: SHORTEST_PASSWORD })}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="new-password" required />
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      <Button type="submit" variant="primary" aria-disabled={isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}

function Chosen() {
  const t = useTranslations("choosePassword");
  const signIn = useRef<HTMLAnchorElement>(null);
  useEffect(() => signIn.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <Alert tone="good">{t("done")}</Alert>
      {/* A full load, so that nothing of the page stays in memory. */}
      <a ref={signIn} href="/sign-in" className={buttonClass("primary")}>
        {t("signIn")}
      </a>
    </div>
  );
}
