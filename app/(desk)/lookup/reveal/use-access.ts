"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { Field } from "@/lib/chat-api/types";
import type { LookupContext } from "../lookup-context";
import { type Revealed, withRevealed } from "./revealed";

/** What may be read of one subscriber now. */
export type Access = {
  /** The fields that are asked for. */
  readonly readable: readonly Field[];
  /** Those that would be, had somebody given a reason. */
  readonly masked: readonly Field[];
  /** When the first that was revealed is masked again, in milliseconds since 1970; or Infinity. */
  readonly until: number;
  readonly add: (revealed: readonly Revealed[]) => void;
};

type Ending = Revealed & { readonly until: number };

/** Follows what is revealed of whom, and until when. The server has the last word at every read. */
export function useAccess(
  { visible, masked, revealed }: Pick<LookupContext, "visible" | "masked" | "revealed">,
  app: string,
  subscriberId: string | null,
): Access {
  const drawn = useMemo(() => revealed.map(ending), [revealed]);
  const [added, setAdded] = useState<readonly Ending[]>([]);
  const [over, setOver] = useState(0);
  const now = useMemo(
    () =>
      [...drawn, ...added].filter(
        (reveal) =>
          reveal.app === app && reveal.subscriberId === subscriberId && reveal.until > over,
      ),
    [drawn, added, over, app, subscriberId],
  );
  const until = Math.min(...now.map((reveal) => reveal.until));
  useEffect(() => {
    if (until === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(setOver, until - Date.now(), until);
    return () => clearTimeout(timer);
  }, [until]);
  const add = useCallback(
    (more: readonly Revealed[]) => setAdded((before) => [...before, ...more.map(ending)]),
    [],
  );
  return useMemo(() => {
    const readable = withRevealed(visible, now);
    return { readable, masked: masked.filter((field) => !readable.includes(field)), until, add };
  }, [visible, masked, now, until, add]);
}

function ending(reveal: Revealed): Ending {
  return { ...reveal, until: Date.now() + reveal.left };
}
