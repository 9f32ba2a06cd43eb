"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { FailureAlert } from "@/components/action/failure";
import { NearChannels } from "@/components/channel/near-channels";
import { isolated, Phrase, splitIsolated } from "@/components/listing/filters/words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/copy";
import { callAction } from "@/lib/call-action";
import type { MembershipAnswer } from "@/lib/subscriptions/membership";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { visibleText } from "@/lib/visible-text";
import { askMembership, type KnownChannels } from "../../membership-actions";
import type { ListAnswer } from "../list/list-answer";
import type { List } from "../list/use-list";
import { isNarrowed } from "../lookup-query";
import type { LookupParams, SetLookupParams } from "../search-params";
import { membershipKey, type Verdict, verdictOf } from "./verdict";

type MembershipProps = {
  list: List;
  app: string;
  subscriberId: string;
  /** The ID or name that is asked about. */
  channel: string;
  params: LookupParams;
  query: ViewQuery;
  setParams: SetLookupParams;
};

/** Whether the subscriber follows a channel, as far as the list was read. A yes ends the reading. */
export function Membership(props: MembershipProps) {
  const { list, app, subscriberId, channel, params, query, setParams } = props;
  const { answer: listed, isStale, whole } = list;
  const t = useTranslations("membership");
  const question = { app, subscriberId, channel };
  // The answer waits until the audit has recorded the question.
  const asked = useQuery({
    queryKey: membershipKey(question),
    queryFn: () => callAction(askMembership, question),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = asked.data?.ok ? asked.data.value : null;
  const verdict = useMemo(
    () => known && verdictOf(channel, listed, known.channels),
    [channel, listed, known],
  );
  const answer = verdict?.kind === "channel" ? verdict.answer.answer : null;

  const asksNothingElse = !params.whole && !isNarrowed(query) && query.sorts.length === 0;
  const isAnswered = answer === "yes" && asksNothingElse && !isStale;
  const { isReading = false, cancel, goOn, set } = whole ?? {};
  // A yes from an earlier reading does not end the next one.
  const wasAnswered = useRef(false);
  useEffect(() => {
    if (!isReading) wasAnswered.current = isAnswered;
    else if (isAnswered && !wasAnswered.current) cancel?.();
  }, [isAnswered, isReading, cancel]);

  // The answer to an earlier question may have stopped the reading.
  const needsMore = verdict !== null && answer !== "yes" && answer !== "no";
  const resumed = useRef(channel);
  useEffect(() => {
    if (resumed.current === channel || verdict === null) return;
    resumed.current = channel;
    if (needsMore && set?.collected.state === "stopped") goOn?.();
  }, [channel, verdict, needsMore, set, goOn]);

  if (listed && !listed.known) return null;
  const retry = { retrying: asked.isFetching, onRetry: () => void asked.refetch() };
  if (asked.error || asked.data?.ok === false) {
    const failure = asked.data?.ok === false ? asked.data.failure : null;
    const onDefaultApp = () => void setParams({ app: null });
    return <FailureAlert {...{ failure, onDefaultApp, ...retry }} />;
  }
  // While the list is being read, the progress bar says all there is to say.
  if (!verdict || !known || (needsMore && isReading)) return null;
  const clear = <Button onClick={() => void setParams({ follows: null })}>{t("clear")}</Button>;
  if (verdict.kind === "unclear") {
    return (
      <Alert tone="neutral" action={clear}>
        <Unclear
          {...{ subscriberId, text: channel, verdict, known, listed }}
          onAsk={(channelId) => void setParams({ follows: channelId })}
        />
      </Alert>
    );
  }
  return (
    <Answer
      {...{ subscriberId, clear }}
      {...verdict}
      onOpen={(channelId) => void setParams({ row: channelId })}
    />
  );
}

type AnswerProps = {
  subscriberId: string;
  channel: ChannelName;
  answer: MembershipAnswer;
  onOpen: (channelId: string) => void;
  clear: ReactNode;
};

/** The answer as a sentence that can be copied as it is. */
function Answer({ subscriberId, channel, answer, onOpen, clear }: AnswerProps) {
  const t = useTranslations("membership");
  const sentence = useSentence(subscriberId, channel, answer);
  const { said, copy } = useCopied();
  const format = useFormatter();
  const at = answer.answer === "yes" && answer.subscription.subscribedAt;
  const exact = at ? format.dateTime(at, "exact") : undefined;
  return (
    <Alert
      tone={answer.answer === "yes" ? "good" : "neutral"}
      action={
        <div className="flex items-center gap-2">
          <span role="status">{said}</span>
          <Button onClick={() => copy(splitIsolated(sentence).join(""))}>{t("copy")}</Button>
          {clear}
        </div>
      }
    >
      <p>
        {/* Remounted with another answer, because translators replace the text that React would update. */}
        <span key={sentence} title={exact} className="[&_bdi]:font-medium">
          <Phrase words={sentence} />
        </span>{" "}
        {answer.answer === "yes" && (
          <button
            type="button"
            className="underline"
            onClick={() => onOpen(answer.subscription.channelId)}
          >
            {t("open")}
          </button>
        )}{" "}
        {channel.name && (
          <bdi className="font-mono text-dense text-muted">{visibleText(channel.channelId)}</bdi>
        )}
      </p>
    </Alert>
  );
}

/** Returns the answer in the person's language and time zone. The name of the channel is isolated. */
function useSentence(subscriberId: string, channel: ChannelName, answer: MembershipAnswer) {
  const t = useTranslations("membership");
  const format = useFormatter();
  const words = { subscriberId, channel: isolated(channel.name || channel.channelId) };
  switch (answer.answer) {
    case "yes": {
      const { subscribedAt } = answer.subscription;
      if (!subscribedAt) return t("yes", words);
      return t("yesSince", { ...words, since: format.dateTime(subscribedAt, "longDay") });
    }
    case "no":
      return t("no", { ...words, total: answer.read });
    default:
      return t("unknown", { ...words, read: answer.read, total: answer.total });
  }
}

type UnclearProps = {
  subscriberId: string;
  /** What was asked for. */
  text: string;
  verdict: Extract<Verdict, { kind: "unclear" }>;
  known: KnownChannels;
  listed: ListAnswer | null;
  onAsk: (channelId: string) => void;
};

/** The channels that may be meant, and whether the subscriber has each; one click asks about it by its ID. */
function Unclear({ verdict, text, known, listed, subscriberId, onAsk }: UnclearProps) {
  const t = useTranslations("membership");
  const format = useFormatter();
  const { rows = [], total = 0, state } = listed ?? {};
  const rowOf = useMemo(() => new Map(rows.map((row) => [row.channelId, row])), [rows]);
  const isComplete = state === "complete";
  const about = (channelId: string) => {
    const row = rowOf.get(channelId);
    if (!row) return isComplete ? t("notSubscribed") : null;
    const { subscribedAt } = row;
    return subscribedAt
      ? t("subscribedSince", { since: format.dateTime(subscribedAt, "longDay") })
      : t("subscribed");
  };
  return (
    <NearChannels
      {...{ text, about }}
      unclear={verdict}
      withNames={known.withNames}
      onChoose={onAsk}
    >
      {listed && !isComplete && (
        <p>{t("partlyRead", { subscriberId, read: rows.length, total })}</p>
      )}
    </NearChannels>
  );
}
