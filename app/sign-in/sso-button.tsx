"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { SsoProblem } from "@/lib/auth/oidc/sso";
import { startSso } from "@/lib/auth/oidc/sso";

type SsoButtonProps = {
  /** What the identity provider is called. */
  name: string;
  /** The path to go to once signed in. */
  next: string;
  /** What came of the last attempt, and whom it was about. */
  problem: SsoProblem | null;
  account: string | null;
};

/** Leads to the identity provider. */
export function SsoButton({ name, next, account, ...last }: SsoButtonProps) {
  const t = useTranslations("sso");
  const [problem, setProblem] = useState(last.problem);
  const [leaving, setLeaving] = useState(false);
  const [starting, begin] = useTransition();
  const busy = starting || leaving;

  useEffect(() => {
    // Back from the provider, the page may be the one that was left.
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
