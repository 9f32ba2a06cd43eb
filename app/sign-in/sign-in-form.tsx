"use client";

import { getProviders, signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useEffectEvent, useState, useTransition } from "react";
import { PasswordField } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, focusFirst, Input, keepComposingEnter } from "@/components/ui/field";
import { type SsoProblem, startSso } from "@/lib/auth/oidc/sso";

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const [problem, setProblem] = useState<Problem | null>(null);
  // How often a code was requested. Each time the field is new, empty and focused.
  const [codesAsked, setCodesAsked] = useState(0);
  const [leaving, setLeaving] = useState(false);
  const [trying, startTrying] = useTransition();
  const busy = trying || leaving;

  async function attempt(form: FormData) {
    if (busy || problem?.kind === "wait") return;
    const text = (name: string) => String(form.get(name) ?? "");
    const credentials = { email: text("email"), password: text("password"), code: text("code") };
    const found = await attemptSignIn(credentials);
    setProblem(found);
    if (found?.kind === "code" || found?.kind === "wrongCode") setCodesAsked(codesAsked + 1);
    if (found) return;
    setLeaving(true);
    // A full page load, so that no data of an earlier person stays in memory.
    window.location.assign(next);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTrying(() => attempt(form));
  }

  // The action handles a submit before hydration. It would clear the fields.
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
      <PasswordField label={t("password")} />
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

/** Asks for a one-time code and takes the focus. */
function CodeField() {
  const t = useTranslations("signIn");
  // A numeric keyboard, although recovery codes have letters: people can switch keyboards.
  return (
    <Field label={t("code")} hint={t("codeHint")}>
      {(control) => (
        <Input
          {...control}
          ref={focusFirst}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          required
        />
      )}
    </Field>
  );
}

/** Announces the wait once and shows a visual countdown. */
function WaitAlert({ seconds, onEnd }: { seconds: number; onEnd: () => void }) {
  const t = useTranslations("signIn");
  const left = useCountdown(seconds, onEnd);
  return (
    <Alert tone="warn">
      <span className="sr-only">{t("wait", { seconds })}</span>
      <span aria-hidden className="tabular-nums">
        {t("wait", { seconds: left })}
      </span>
    </Alert>
  );
}

/** Returns the whole seconds left. Calls `onEnd` once at the end. */
function useCountdown(seconds: number, onEnd: () => void): number {
  const [left, setLeft] = useState(seconds);
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const remaining = Math.ceil((until - Date.now()) / 1000);
      if (remaining > 0) return setLeft(remaining);
      clearInterval(timer);
      end();
    }, 250);
    return () => clearInterval(timer);
  }, [seconds]);

  return left;
}

type SsoButtonProps = {
  /** The identity provider's name. */
  name: string;
  /** The path to open after signing in. */
  next: string;
  /** The result of the last attempt, and the account it was about. */
  problem: SsoProblem | null;
  account: string | null;
};

/** Opens the identity provider. */
export function SsoButton({ name, next, account, ...last }: SsoButtonProps) {
  const t = useTranslations("sso");
  const [problem, setProblem] = useState(last.problem);
  const [leaving, setLeaving] = useState(false);
  const [starting, begin] = useTransition();
  const busy = starting || leaving;

  useEffect(() => {
    // Back from the provider the browser may restore this page.
    const stay = () => setLeaving(false);
    window.addEventListener("pageshow", stay);
    return () => window.removeEventListener("pageshow", stay);
  }, []);

  function leave() {
    if (busy) return;
    begin(async () => {
      const started = await startSso(next);
      if ("problem" in started) return setProblem(started.problem);
      setLeaving(true);
      window.location.assign(started.url);
    });
  }

  const who = account === null ? t("yourAccount") : t("account", { account });
  return (
    <form action={leave} className="grid gap-4">
      {problem && !busy && <Alert>{t(`problems.${problem}`, { name, who })}</Alert>}
      <Button
        type="submit"
        variant="primary"
        className="max-w-full"
        aria-disabled={busy || undefined}
      >
        <span className="truncate">{t(busy ? "pending" : "signInWith", { name })}</span>
      </Button>
    </form>
  );
}

type Problem =
  /** `code`: the password is right. `codesSpent`: for today, but recovery codes still work. */
  | { kind: "wrong" | "code" | "wrongCode" | "codesSpent" | "unreachable" | "failed" }
  | { kind: "wait"; seconds: number };

type Credentials = { email: string; password: string; code: string };

/** Tries to sign in. Returns null, or the problem. */
async function attemptSignIn(credentials: Credentials): Promise<Problem | null> {
  try {
    // Without an answer here, signIn would navigate to an unreachable page.
    if (!(await getProviders())) return { kind: "unreachable" };
    const response = await signIn("credentials", { ...credentials, redirect: false });
    return response ? readProblem(response.error) : { kind: "unreachable" };
  } catch (error) {
    // fetch rejects with a TypeError when there is no connection.
    return error instanceof TypeError ? { kind: "unreachable" } : { kind: "failed" };
  }
}

/** Reads the word by which the server refuses, or `wait:32` in seconds. */
export function readProblem(refusal: string | null | undefined): Problem | null {
  if (!refusal) return null;
  if (refusal === "credentials" || refusal === "CredentialsSignin") return { kind: "wrong" };
  if (refusal === "code" || refusal === "wrongCode") return { kind: refusal };
  const [, seconds] = /^wait:(\d{1,6})$/.exec(refusal) ?? [];
  if (!seconds) return { kind: "failed" };
  const isOfCodes = Number(seconds) > LONGEST_OTHER_WAIT;
  return isOfCodes ? { kind: "codesSpent" } : { kind: "wait", seconds: Number(seconds) };
}

/** The longest wait in seconds, apart from the daily limit of codes. */
const LONGEST_OTHER_WAIT = 15 * 60;
