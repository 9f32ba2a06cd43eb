"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { FailureAction, FailureText, type Retry } from "./failure";

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
export function answerOrHeld<Value>(
  answer: Result<Value, Failure>,
  held: Result<Value, Failure> | undefined,
): Result<Value, Failure> {
  if (!answer.ok && held?.ok) throw new RefreshError(answer.failure);
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
