import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { visibleText } from "@/lib/visible-text";

type FailureTextProps = {
  /** Null: the desk was unreachable or failed unexpectedly. */
  failure: Failure | null;
  /** Replaces the remedy of the failure. */
  remedy?: string;
};

/** What failed and what to do, with the API's code and message. */
export function FailureText({ failure, remedy }: FailureTextProps) {
  const t = useTranslations("failed");
  const { vendor = null, requestId = null } = failure ?? {};
  return (
    <>
      <p className="font-medium">{failure?.happened ?? t("unreachable.happened")}</p>
      <p>{remedy ?? failure?.remedy ?? t("unreachable.remedy")}</p>
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

type Retry = { retrying: boolean; onRetry: () => void };

/** The action that helps: sign in, retry, or nothing. */
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

/** A full page load, so that nothing of the ended session stays in memory. */
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

type FailureAlertProps = Retry &
  FailureTextProps & {
    /** Opens the default app if the URL names an unknown one. */
    onDefaultApp: () => void;
  };

/** Nothing could be read, and why. */
export function FailureAlert({ failure, remedy, onDefaultApp, ...retry }: FailureAlertProps) {
  const t = useTranslations("failed");
  const action =
    failure?.code === "unknownApp" ? (
      <Button onClick={onDefaultApp}>{t("openDefaultApp")}</Button>
    ) : (
      <FailureAction failure={failure} {...retry} />
    );
  return (
    <Alert action={action}>
      <FailureText failure={failure} remedy={remedy} />
    </Alert>
  );
}

/** A refresh that failed while an earlier answer is shown. */
class RefreshError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.happened);
  }
}

/** Returns why a refresh failed; null: the desk was unreachable or failed unexpectedly. */
export function refreshFailure(error: Error): Failure | null {
  return error instanceof RefreshError ? error.failure : null;
}

/**
 * Returns the new answer. Throws a RefreshError if it is a failure and an earlier success exists,
 * because old data with its time is better than nothing.
 */
export function answerOrEarlier<Value>(
  answer: Result<Value, Failure>,
  earlier: Result<Value, Failure> | undefined,
): Result<Value, Failure> {
  if (!answer.ok && earlier?.ok) throw new RefreshError(answer.failure);
  return answer;
}

type RefreshFailedProps = Retry & {
  /** Null: the desk was unreachable or failed unexpectedly. */
  failure: Failure | null;
  readAt: Date;
};

/** The shown data is from an earlier time. */
export function RefreshFailed({ failure, readAt, ...retry }: RefreshFailedProps) {
  const t = useTranslations("failed");
  const time = useFormatter().dateTime(readAt, "time");
  return (
    <Alert tone="warn" action={<FailureAction failure={failure} {...retry} />}>
      <p className="font-medium">{t("stillAsOf", { time })}</p>
      <FailureText failure={failure} />
    </Alert>
  );
}
