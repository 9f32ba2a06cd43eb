"use client";

import { useFormatter, useTranslations } from "next-intl";
import { FailureAlert } from "@/components/action/failure";
import { RefreshFailed, refreshFailure } from "@/components/action/refresh-failed";
import { Alert } from "@/components/ui/alert";
import type { Subscription } from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import type { Row } from "./row-actions";

type DrawerAnswerProps = {
  subscriberId: string;
  row: Row | null;
  failure: Failure | null;
  error: Error | null;
  inHand: Subscription | null;
  inHandAt: Date | null;
  retry: { retrying: boolean; onRetry: () => void };
  onDefaultApp: () => void;
};

/** What is not as the list said, or what went wrong, in sentences. */
export function DrawerAnswer(props: DrawerAnswerProps) {
  const { subscriberId, row, failure, error, inHand, inHandAt, retry, onDefaultApp } = props;
  const t = useTranslations("drawer");
  const format = useFormatter();
  if (failure) {
    return <FailureAlert {...{ failure, onDefaultApp, ...retry }} />;
  }
  if (!row) return error && <FailureAlert failure={null} {...{ onDefaultApp, ...retry }} />;
  return (
    <>
      {error && <RefreshFailed failure={refreshFailure(error)} readAt={row.readAt} {...retry} />}
      {row.channel === null && (
        <Alert tone="warn">
          <p>{t("gone")}</p>
          {inHand && inHandAt && (
            <p>{t("goneInHand", { time: format.dateTime(inHandAt, "time") })}</p>
          )}
        </Alert>
      )}
      <Follows subscriberId={subscriberId} answer={row.subscription} />
    </>
  );
}

type FollowsProps = { subscriberId: string; answer: Row["subscription"] };

function Follows({ subscriberId, answer }: FollowsProps) {
  const t = useTranslations("drawer");
  if (answer.answer === "yes") return <p>{t("follows", { subscriberId })}</p>;
  if (answer.answer === "no") {
    return (
      <Alert tone="warn">
        <p>{t("followsNot", { subscriberId, read: answer.read })}</p>
      </Alert>
    );
  }
  const { why, read, total } = answer;
  return (
    <Alert tone="warn">
      <p>{t("cannotSay", { subscriberId, read, total })}</p>
      <p>{t(SAID.has(why) ? `why.${why as "paused"}` : "why.failed")}</p>
    </Alert>
  );
}

const SAID: ReadonlySet<string> = new Set(["changed", "endless", "paused"]);
