"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { Failure } from "@/lib/failure";
import { FailureAction, type Retry } from "./failure-action";
import { FailureText } from "./failure-text";

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
