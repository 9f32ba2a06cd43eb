"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { FailureAlert } from "@/components/action/failure-alert";
import { callAction } from "@/lib/call-action";
import { findChannels, membershipAnswer } from "@/lib/subscriptions/membership";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { isNarrowed } from "./list-query";
import { type Question, recordQuestion } from "./membership-actions";
import { MembershipAnswer } from "./membership-answer";
import type { LookupParams, SetLookupParams } from "./search-params";
import type { List } from "./use-list";

type MembershipProps = {
  list: List;
  app: string;
  subscriberId: string;
  /** The id or name that is asked about. */
  channel: string;
  params: LookupParams;
  query: ViewQuery;
  setParams: SetLookupParams;
};

/** Whether the subscriber follows a channel, as far as it is known now. A yes ends the reading. */
export function Membership(props: MembershipProps) {
  const { list, app, subscriberId, channel, params, query, setParams } = props;
  const { answer: listed, isStale, whole } = list;
  const answer = useMemo(() => {
    const { rows = [], total = 0, state = "reading" } = listed ?? {};
    return membershipAnswer({
      matches: findChannels(rows, channel),
      read: rows.length,
      total,
      outcome: state === "page" ? "reading" : state,
    });
  }, [listed, channel]);

  const asksNothingElse = !params.whole && !isNarrowed(query) && query.sorts.length === 0;
  const isAnswered = answer.answer === "yes" && asksNothingElse && !isStale;
  const { isReading = false, cancel, goOn, set } = whole ?? {};
  // A yes that was there before is being looked at anew.
  const wasAnswered = useRef(false);
  useEffect(() => {
    if (!isReading) wasAnswered.current = isAnswered;
    else if (isAnswered && !wasAnswered.current) cancel?.();
  }, [isAnswered, isReading, cancel]);

  // Another question goes on where the answer to the one before ended the reading.
  const asked = useRef(channel);
  useEffect(() => {
    if (asked.current === channel) return;
    asked.current = channel;
    if (answer.answer === "unknown" && set?.held.state === "stopped") goOn?.();
  }, [channel, answer.answer, set, goOn]);

  const recorded = useRecordedQuestion({ app, subscriberId, channel });
  if (listed && !listed.known) return null;
  const retry = { retrying: recorded.isFetching, onRetry: () => void recorded.refetch() };
  if (recorded.error || recorded.data?.ok === false) {
    const failure = recorded.data?.ok === false ? recorded.data.failure : null;
    const onDefaultApp = () => void setParams({ app: null });
    return <FailureAlert {...{ failure, onDefaultApp, ...retry }} />;
  }
  if (!recorded.data) return null;
  // As long as it is being read, the progress says all there is to say.
  if (answer.answer === "unknown" && isReading) return null;
  return (
    <MembershipAnswer
      subscriberId={subscriberId}
      channel={channel}
      answer={answer}
      onOpen={(channelId) => void setParams({ row: channelId })}
      onClear={() => void setParams({ follows: null })}
    />
  );
}

/** An answer is given once it is written down who asked. */
function useRecordedQuestion(question: Question) {
  const { app, subscriberId, channel } = question;
  return useQuery({
    queryKey: ["membership", app, subscriberId, channel],
    queryFn: () => callAction(recordQuestion, question),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: "always",
  });
}
