"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { FailureAction, FailureText, type Retry } from "./failure";

/** A refresh that failed where an answer is already in hand. */
class RefreshError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.happened);
  }
}

/** Why a refresh failed; null: the desk was not reached, or failed in a way it did not foresee. */
export function refreshFailure(error: Error): Failure | null {
  return error instanceof RefreshError ? error.failure : null;
}

/**
 * The answer that has come. Throws a RefreshError where it is a failure and a better one is held: what was
 * read a while ago, and says so, is worth more than nothing.
 */
export function answerOrHeld<Value>(
  answer: Result<Value, Failure>,
  held: Result<Value, Failure> | undefined,
): Result<Value, Failure> {
  if (!answer.ok && held?.ok) throw new RefreshError(answer.failure);
  return answer;
}

type RefreshFailedProps = Retry & {
  /** Null: the desk was not reached, or failed in a way it did not foresee. */
  failure: Failure | null;
  readAt: Date;
};

/** What is on the screen is true, but of an earlier time. */
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
