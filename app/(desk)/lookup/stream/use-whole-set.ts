"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { addressQuery, useLinks } from "@/components/shell/link-context";
import type { WholeSetProgress } from "@/lib/chat-api/types";
import type { Collected } from "@/lib/subscriptions/collected";
import { readingCost, UNASKED_SECONDS } from "@/lib/subscriptions/reading-cost";
import { isReadToEnd, withFields } from "../list/list-answer";
import { dropEarlyStream } from "./early-stream";
import { streamAddress, type WholeList, wholeSetQuery } from "./stream-address";

/** A whole set as the screen has it. */
export type WholeSet = {
  readonly held: Collected;
  /** How far the reading is that is under way, or null. */
  readonly progress: WholeSetProgress | null;
  /** A newer reading that came to nothing, while an older one is held. */
  readonly notRefreshed: Collected | null;
};

export type WholeSetReading = {
  readonly set: WholeSet | null;
  /** What was held with other columns, as long as nothing has come with the present ones. */
  readonly earlier: WholeSet | null;
  readonly isReading: boolean;
  /** Not even the reading could begin. */
  readonly isBroken: boolean;
  /** Ends the reading, and the calls it is making. What has come stays. */
  readonly cancel: () => void;
  /** Goes on where the reading ended. */
  readonly goOn: () => void;
  readonly readAgain: () => void;
};

type Options = {
  readonly enabled: boolean;
  /** Whether to ask somebody before a long reading. */
  readonly mayPause: boolean;
};

/** Reads all channels of a list, and keeps them. It stops when nobody looks any more. */
export function useWholeSet(list: WholeList, { enabled, mayPause }: Options): WholeSetReading {
  const client = useQueryClient();
  const queryKey = wholeSetKey(list);
  const stop = useRef<AbortController | null>(null);
  const intent = useRef<"goOn" | "afresh">("afresh");
  const held = useLargerSet(list);
  const links = useLinks();

  const query = useQuery<WholeSet>({
    queryKey,
    enabled: enabled && held === null,
    networkMode: "always",
    placeholderData: (previous, before) =>
      before?.queryKey[1] === list.app && before.queryKey[2] === list.subscriberId
        ? previous
        : undefined,
    queryFn: async ({ signal }) => {
      stop.current = new AbortController();
      const before = client.getQueryData<WholeSet>(queryKey)?.held ?? held?.held;
      const goesOn = intent.current === "goOn" && before !== undefined && before.unread.length > 0;
      const earlier = goesOn ? before : undefined;
      intent.current = "afresh";
      // What is whole stays on the screen until there is a newer whole.
      const kept = before && !earlier && isReadToEnd(before) ? before : null;
      // Fetched with the first list that is read whole.
      const { collect } = await import("./collect");
      const reading = await collect({
        address: streamAddress({
          list: await addressQuery(links, wholeSetQuery(list)),
          fields: list.fields,
          mayPause: mayPause && !earlier && !kept,
          from: earlier ? restOf(earlier) : null,
        }),
        earlier,
        signal: AbortSignal.any([signal, stop.current.signal]),
        onProgress: (collected) =>
          client.setQueryData<WholeSet>(queryKey, {
            held: kept ?? collected,
            progress: collected.progress,
            notRefreshed: null,
          }),
      });
      return kept && !isReadToEnd(reading)
        ? { held: kept, progress: null, notRefreshed: reading }
        : { held: reading, progress: null, notRefreshed: null };
    },
  });

  // A short reading needs no question; a long one goes on when somebody has agreed.
  const isPaused = query.data?.held.state === "paused" && !query.isFetching;
  const goesOn = enabled && isPaused && (!mayPause || isShort(query.data));
  const { refetch } = query;
  useEffect(() => {
    if (!goesOn) return;
    intent.current = "goOn";
    void refetch({ cancelRefetch: false });
  }, [goesOn, refetch]);

  // Nobody looks at it any more, though the room is still there.
  useEffect(() => {
    if (enabled) return;
    stop.current?.abort();
    dropEarlyStream();
  }, [enabled]);

  const start = (how: "goOn" | "afresh") => {
    intent.current = how;
    void query.refetch({ cancelRefetch: false });
  };
  return {
    set: (query.isPlaceholderData ? null : query.data) ?? held,
    earlier: (query.isPlaceholderData && query.data) || null,
    isReading: query.isFetching || goesOn,
    isBroken: query.isError,
    cancel: () => stop.current?.abort(),
    goOn: () => start("goOn"),
    readAgain: () => start("afresh"),
  };
}

function isShort(set: WholeSet | undefined): boolean {
  if (!set) return false;
  const { progress, firstTook } = set.held;
  return readingCost(progress.total - progress.read, firstTook).seconds <= UNASKED_SECONDS;
}

export function wholeSetKey({ app, subscriberId, fields }: WholeList) {
  return ["whole", app, subscriberId, fields.join()] as const;
}

function restOf({ unread, progress }: Collected) {
  return { unread, total: progress.total };
}

/** A set that was read with more columns than are wanted now, without those. */
function useLargerSet({ app, subscriberId, fields }: WholeList): WholeSet | null {
  const sets = useQueryClient().getQueriesData<WholeSet>({
    queryKey: ["whole", app, subscriberId],
  });
  const larger = sets.reduce<WholeSet | null>((newest, [key, set]) => {
    const read = String(key.at(-1)).split(",");
    const isLarger = read.length > fields.length && fields.every((field) => read.includes(field));
    if (!isLarger || !set || !isReadToEnd(set.held)) return newest;
    return newest && readAt(newest) >= readAt(set) ? newest : set;
  }, null);
  return useMemo(() => {
    if (!larger) return null;
    const rows = larger.held.subscriptions.map((row) => withFields(row, fields));
    return { ...larger, held: { ...larger.held, subscriptions: rows } };
  }, [larger, fields]);
}

function readAt({ held }: WholeSet): number {
  return held.readTo?.getTime() ?? 0;
}
