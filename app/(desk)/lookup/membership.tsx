"use client";

import { useEffect, useMemo } from "react";
import { findChannels, membershipAnswer } from "@/lib/subscriptions/membership";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { isNarrowed } from "./list-query";
import { MembershipAnswer } from "./membership-answer";
import type { LookupParams, SetLookupParams } from "./search-params";
import type { List } from "./use-list";

type MembershipProps = {
  list: List;
  subscriberId: string;
  /** The id or name that is asked about. */
  channel: string;
  params: LookupParams;
  query: ViewQuery;
  setParams: SetLookupParams;
};

/** Whether the subscriber follows a channel, as far as it is known now. A yes ends the reading. */
export function Membership(props: MembershipProps) {
  const { list, subscriberId, channel, params, query, setParams } = props;
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
  const { isReading, cancel } = whole ?? {};
  useEffect(() => {
    if (isAnswered && isReading) cancel?.();
  }, [isAnswered, isReading, cancel]);

  if (listed && !listed.known) return null;
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
