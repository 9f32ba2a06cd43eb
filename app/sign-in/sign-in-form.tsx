"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { PasswordInput } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { attemptSignIn, type Problem } from "./attempt";
import { CodeField } from "./code-field";
import { WaitAlert } from "./wait-alert";

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const [problem, setProblem] = useState<Problem | null>(null);
  // How often a code was asked for: each time the field is a new one, empty and with the focus.
  const [codesAsked, setCodesAsked] = useState(0);
  const [leaving, setLeaving] = useState(false);
  const [trying, startTrying] = useTransition();
  const busy = trying || leaving;

  async function attempt(form: FormData) {
    if (busy || problem?.kind === "wait") return;
    const text = (name: string) => String(form.get(name) ?? "");
    const given = { email: text("email"), password: text("password"), code: text("code") };
    const found = await attemptSignIn(given);
    setProblem(found);
    if (found?.kind === "code" || found?.kind === "wrongCode") setCodesAsked(codesAsked + 1);
    if (found) return;
    setLeaving(true);
    // A full load, so that nothing an earlier person read stays in memory.
    window.location.assign(next);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTrying(() => attempt(form));
  }

  // The action serves whoever submits before the page has come alive; it would empty the fields.
  return (
    <form action={attempt} onSubmit={submit} onKeyDown={keepComposingEnter} className="grid gap-4">
      <Field label={t("email")}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            onChange={() => setCodesAsked(0)}
          />
        )}
      </Field>
      <Field label={t("password")}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="current-password" required />
        )}
      </Field>
      {codesAsked > 0 && <CodeField key={codesAsked} />}
      {!busy && problem?.kind === "wait" && (
        <WaitAlert seconds={problem.seconds} onEnd={() => setProblem(null)} />
      )}
      {!busy && problem && problem.kind !== "wait" && problem.kind !== "code" && (
        <Alert>{t(problem.kind)}</Alert>
      )}
      <Button
        type="submit"
        variant="primary"
        aria-disabled={busy || problem?.kind === "wait" || undefined}
      >
        {t(busy ? "pending" : "submit")}
      </Button>
    </form>
  );
}
