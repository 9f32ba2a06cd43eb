"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Tone } from "@/components/ui/tone";
import type { Subscription } from "@/lib/chat-api/types";
import type { MembershipAnswer as Answer } from "@/lib/subscriptions/membership";
import { visibleText } from "@/lib/visible-text";

type MembershipAnswerProps = {
  subscriberId: string;
  /** What was asked for. */
  channel: string;
  answer: Answer;
  onOpen: (channelId: string) => void;
  onClear: () => void;
};

/** Yes, no, or not known, and on what it rests. */
export function MembershipAnswer(props: MembershipAnswerProps) {
  const { subscriberId, channel, answer, onOpen, onClear } = props;
  const t = useTranslations("membership");
  const words = { subscriberId, channel: visibleText(channel) };
  return (
    <Alert tone={TONES[answer.answer]} action={<Button onClick={onClear}>{t("clear")}</Button>}>
      {answer.answer === "yes" ? (
        answer.matches.map((row) => (
          <p key={row.channelId}>
            <Since row={row} subscriberId={subscriberId} />{" "}
            <button type="button" className="underline" onClick={() => onOpen(row.channelId)}>
              {t("open")}
            </button>
          </p>
        ))
      ) : answer.answer === "no" ? (
        <p>{t("no", { ...words, total: answer.read })}</p>
      ) : (
        <p>{t("unknown", { ...words, read: answer.read, total: answer.total })}</p>
      )}
    </Alert>
  );
}

const TONES: Readonly<Record<Answer["answer"], Tone>> = {
  yes: "good",
  no: "neutral",
  unknown: "neutral",
};

function Since({ row, subscriberId }: { row: Subscription; subscriberId: string }) {
  const t = useTranslations("membership");
  const format = useFormatter();
  const isolated = (words: ReactNode) => <bdi>{words}</bdi>;
  const channel = visibleText(row.name ?? row.channelId);
  const words = { subscriberId, channel, id: visibleText(row.channelId), b: isolated };
  return row.subscribedAt
    ? t.rich("yesSince", { ...words, since: format.dateTime(row.subscribedAt, "exact") })
    : t.rich("yes", words);
}
