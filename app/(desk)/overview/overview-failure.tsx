"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { RefreshError } from "@/components/action/refresh-error";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";

type Retry = { retrying: boolean; onRetry: () => void };

/** Nothing could be read; null: the desk was not reached. */
export function OverviewFailure({ failure, ...retry }: Retry & { failure: Failure | null }) {
  return (
    <Alert action={<Action failure={failure} {...retry} />}>
      <Words failure={failure} />
    </Alert>
  );
}

type RefreshFailedProps = Retry & { error: Error; readAt: Date };

/** What is on the screen is true, but of an earlier time. */
export function RefreshFailed({ error, readAt, ...retry }: RefreshFailedProps) {
  const t = useTranslations("overview");
  const failure = error instanceof RefreshError ? error.failure : null;
  return (
    <Alert tone="warn" action={<Action failure={failure} {...retry} />}>
      <p className="font-medium">
        {t("stillAsOf", { time: useFormatter().dateTime(readAt, "time") })}
      </p>
      <Words failure={failure} />
    </Alert>
  );
}

function Words({ failure }: { failure: Failure | null }) {
  const t = useTranslations("action.unreachable");
  return (
    <>
      <p className="font-medium">{failure?.happened ?? t("happened")}</p>
      <p>{failure?.remedy ?? t("remedy")}</p>
    </>
  );
}

function Action({ failure, retrying, onRetry }: Retry & { failure: Failure | null }) {
  const t = useTranslations("overview");
  if (failure?.code === "unknownApp") {
    return (
      <Link href="/overview" className={buttonClass("secondary")}>
        {t("openDefaultApp")}
      </Link>
    );
  }
  if (failure?.code === "signedOut") {
    // A whole new page, so that nothing of the ended session stays in memory.
    return (
      <a href="/sign-in?callbackUrl=/overview" className={buttonClass("primary")}>
        {t("signIn")}
      </a>
    );
  }
  return (
    <Button aria-disabled={retrying} onClick={onRetry}>
      {t("retry")}
    </Button>
  );
}
