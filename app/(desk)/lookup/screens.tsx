"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";
import { visibleText } from "@/lib/visible-text";

type Retry = { retrying: boolean; onRetry: () => void };

/** The browser did not reach the desk, or the desk failed in a way it did not foresee. */
export function Unreachable({ retrying, onRetry }: Retry) {
  const t = useTranslations("lookup");
  return (
    <Alert action={<RetryButton retrying={retrying} onRetry={onRetry} />}>
      <p className="font-medium">{t("unreachable.happened")}</p>
      <p>{t("unreachable.remedy")}</p>
    </Alert>
  );
}

export function UnreachableText() {
  const t = useTranslations("lookup.unreachable");
  return (
    <p>
      {t("happened")} {t("remedy")}
    </p>
  );
}

type FailureProps = Retry & {
  failure: Failure;
  /** Milliseconds until the same is asked again by itself, or null. */
  nextTry: number | null;
  onDefaultApp: () => void;
};

/** A failure that the desk foresaw, in its words, with the vendor's code. */
export function FailureScreen({ failure, nextTry, onDefaultApp, ...retry }: FailureProps) {
  const t = useTranslations("lookup");
  const action =
    failure.code === "unknownApp" ? (
      <Button onClick={onDefaultApp}>{t("openDefaultApp")}</Button>
    ) : (
      <FailureAction failure={failure} {...retry} />
    );
  return (
    <Alert action={action}>
      <FailureText failure={failure} nextTry={nextTry} />
    </Alert>
  );
}

type RefreshFailedProps = Retry & { failure: Failure | null; readAt: Date };

/** What is on the screen is true, but of an earlier time. */
export function RefreshFailed({ failure, readAt, ...retry }: RefreshFailedProps) {
  const t = useTranslations("lookup");
  const time = useFormatter().dateTime(readAt, "time");
  const action = failure ? (
    <FailureAction failure={failure} {...retry} />
  ) : (
    <RetryButton {...retry} />
  );
  return (
    <Alert tone="warn" action={action}>
      <p className="font-medium">{t("stillAsOf", { time })}</p>
      {failure ? <FailureText failure={failure} nextTry={null} /> : <UnreachableText />}
    </Alert>
  );
}

/** What helps: signing in, another try, or nothing that can be done here. */
export function FailureAction({ failure, ...retry }: Retry & { failure: Failure }) {
  if (failure.code === "signedOut") return <SignInLink />;
  return failure.retry === "none" ? null : <RetryButton {...retry} />;
}

type FailureTextProps = { failure: Failure; nextTry: number | null };

export function FailureText({ failure, nextTry }: FailureTextProps) {
  const { happened, remedy, vendor, requestId } = failure;
  const t = useTranslations("lookup");
  return (
    <>
      <p className="font-medium">{happened}</p>
      <p>{nextTry === null ? remedy : t("tryingAgain", { seconds: nextTry / 1000 })}</p>
      {vendor && (
        <p className="mt-1 text-dense">
          <span>
            {vendor.code === null
              ? t("detail")
              : t("vendorCode", { code: String(vendor.code) })}{" "}
          </span>
          <bdi className="font-mono">{visibleText(vendor.info)}</bdi>
        </p>
      )}
      {requestId && (
        <p className="text-dense">
          {t("request")} <span className="font-mono">{requestId}</span>
        </p>
      )}
    </>
  );
}

function RetryButton({ retrying, onRetry }: Retry) {
  const t = useTranslations("lookup");
  return (
    <Button aria-disabled={retrying} onClick={onRetry}>
      {retrying ? t("retrying") : t("retry")}
    </Button>
  );
}

/** A whole new page, so that nothing of the ended session stays in memory. */
function SignInLink() {
  const t = useTranslations("lookup");
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
