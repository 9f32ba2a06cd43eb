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

/** A whole set and the state of its reading. */
export type WholeSet = {
  readonly collected: Collected;
  /** The progress of the current reading, or null. */
  readonly progress: WholeSetProgress | null;
  /** A newer reading that failed. The older rows are still shown. */
  readonly notRefreshed: Collected | null;
};

export type WholeSetReading = {
  readonly set: WholeSet | null;
  /** The set with other columns, until the first rows with the current columns arrive. */
  readonly earlier: WholeSet | null;
  readonly isReading: boolean;
  /** Whether the reading could not start. */
  readonly isBroken: boolean;
  /** Stops the reading and its calls. The rows so far stay. */
  readonly cancel: () => void;
  /** Continues where the reading stopped. */
  readonly goOn: () => void;
  readonly readAgain: () => void;
};

type Options = {
  readonly enabled: boolean;
  /** Whether to ask the person before a long reading. */
  readonly mayPause: boolean;
};

/** Reads all channels of a list. Stops when the list is no longer shown. */
export function useWholeSet(list: WholeList, { enabled, mayPause }: Options): WholeSetReading {
  const client = useQueryClient();
  const queryKey = wholeSetKey(list);
  const stop = useRef<AbortController | null>(null);
  const intent = useRef<"goOn" | "afresh">("afresh");
  const larger = useLargerSet(list);
  const links = useLinks();

  const query = useQuery<WholeSet>({
    queryKey,
    enabled: enabled && larger === null,
    placeholderData: (previous, before) =>
      before?.queryKey[1] === list.app && before.queryKey[2] === list.subscriberId
        ? previous
        : undefined,
    queryFn: async ({ signal }) => {
      stop.current = new AbortController();
      const before = client.getQueryData<WholeSet>(queryKey)?.collected ?? larger?.collected;
      const goesOn = intent.current === "goOn" && before !== undefined && before.unread.length > 0;
      const earlier = goesOn ? before : undefined;
      intent.current = "afresh";
      // A complete set stays on the screen until a newer one is complete.
      const kept = before && !earlier && isReadToEnd(before) ? before : null;
      // Loaded with the first whole set.
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
            collected: kept ?? collected,
            progress: collected.progress,
            notRefreshed: null,
          }),
      });
      return kept && !isReadToEnd(reading)
        ? { collected: kept, progress: null, notRefreshed: reading }
        : { collected: reading, progress: null, notRefreshed: null };
    },
  });

  // A short reading continues at once, a long one after the person has agreed.
  const isPaused = query.data?.collected.state === "paused" && !query.isFetching;
  const goesOn = enabled && isPaused && (!mayPause || isShort(query.data));
  const { refetch } = query;
  useEffect(() => {
    if (!goesOn) return;
    intent.current = "goOn";
    void refetch({ cancelRefetch: false });
  }, [goesOn, refetch]);

  // The list is no longer shown, but the page is still mounted.
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
    set: (query.isPlaceholderData ? null : query.data) ?? larger,
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
  const { progress, firstTook } = set.collected;
  return readingCost(progress.total - progress.read, firstTook).seconds <= UNASKED_SECONDS;
}

function wholeSetKey({ app, subscriberId, fields }: WholeList) {
  return ["whole", app, subscriberId, fields.join()] as const;
}

function restOf({ unread, progress }: Collected) {
  return { unread, total: progress.total };
}

/** Returns a complete set that was read with more columns, reduced to the current ones. */
function useLargerSet({ app, subscriberId, fields }: WholeList): WholeSet | null {
  const sets = useQueryClient().getQueriesData<WholeSet>({
    queryKey: ["whole", app, subscriberId],
  });
  const larger = sets.reduce<WholeSet | null>((newest, [key, set]) => {
    const read = String(key.at(-1)).split(",");
    const isLarger = read.length > fields.length && fields.every((field) => read.includes(field));
    if (!isLarger || !set || !isReadToEnd(set.collected)) return newest;
    return newest && readAt(newest) >= readAt(set) ? newest : set;
  }, null);
  return useMemo(() => {
    if (!larger) return null;
    const rows = larger.collected.subscriptions.map((row) => withFields(row, fields));
    return { ...larger, collected: { ...larger.collected, subscriptions: rows } };
  }, [larger, fields]);
}

function readAt({ collected }: WholeSet): number {
  return collected.readTo?.getTime() ?? 0;
}
