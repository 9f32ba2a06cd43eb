"use client";

import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";

export type Retry = { retrying: boolean; onRetry: () => void };

/** What helps: signing in, another try, or nothing that can be done here. */
export function FailureAction({ failure, ...retry }: Retry & { failure: Failure | null }) {
  if (failure?.code === "signedOut") return <SignInLink />;
  return failure?.retry === "none" ? null : <RetryButton {...retry} />;
}

function RetryButton({ retrying, onRetry }: Retry) {
  const t = useTranslations("failed");
  return (
    <Button aria-disabled={retrying} onClick={onRetry}>
      {retrying ? t("retrying") : t("retry")}
    </Button>
  );
}

/** A whole new page, so that nothing of the ended session stays in memory. */
function SignInLink() {
  const t = useTranslations("failed");
  return (
    <a
      className={buttonClass("secondary")}
      href="/sign-in"
      onClick={(event) => {
        const here = location.pathname + location.search;
        event.currentTarget.href = `/sign-in?callbackUrl=${encodeURIComponent(here)}`;
      }}
    >
      {t("signIn")}
    </a>
  );
}
