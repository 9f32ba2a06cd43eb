"use client";

import { useFormatter, useTranslations } from "next-intl";
import { RefreshError } from "@/components/action/refresh-error";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";
import { visibleText } from "@/lib/visible-text";

type Retry = { retrying: boolean; onRetry: () => void };

type DirectoryFailureProps = Retry & {
  /** Null: the desk was not reached, or failed in a way it did not foresee. */
  failure: Failure | null;
};

/** Nothing could be read. */
export function DirectoryFailure({ failure, ...retry }: DirectoryFailureProps) {
  return (
    <Alert action={<Action failure={failure} {...retry} />}>
      <Words failure={failure} />
    </Alert>
  );
}

type RefreshFailedProps = Retry & { error: Error; readAt: Date };

/** What is on the screen is true, but of an earlier time. */
export function RefreshFailed({ error, readAt, ...retry }: RefreshFailedProps) {
  const t = useTranslations("channels");
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
  const words = useTranslations("channels");
  return (
    <>
      <p className="font-medium">{failure?.happened ?? t("happened")}</p>
      <p>{failure?.remedy ?? t("remedy")}</p>
      {failure?.vendor && (
        <p className="mt-1 text-dense">
          {failure.vendor.code !== null &&
            words("vendorCode", { code: String(failure.vendor.code) })}{" "}
          <bdi className="font-mono">{visibleText(failure.vendor.info)}</bdi>
        </p>
      )}
      {failure?.requestId && (
        <p className="text-dense">
          {words("request")} <span className="font-mono">{failure.requestId}</span>
        </p>
      )}
    </>
  );
}

/** What helps: signing in, an app that there is, another try, or nothing that can be done here. */
function Action({ failure, retrying, onRetry }: DirectoryFailureProps) {
  const t = useTranslations("channels");
  if (failure?.code === "unknownApp") {
    return (
      <a href="/channels" className={buttonClass("secondary")}>
        {t("openDefaultApp")}
      </a>
    );
  }
  if (failure?.code === "signedOut") {
    // A whole new page, so that nothing of the ended session stays in memory.
    return (
      <a
        href="/sign-in"
        className={buttonClass("secondary")}
        onClick={(event) => {
          const here = location.pathname + location.search;
          event.currentTarget.href = `/sign-in?callbackUrl=${encodeURIComponent(here)}`;
        }}
      >
        {t("signIn")}
      </a>
    );
  }
  return (
    <Button aria-disabled={retrying} onClick={onRetry}>
      {t(retrying ? "retrying" : "retry")}
    </Button>
  );
}
