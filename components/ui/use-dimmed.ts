"use client";

import { useEffect, useState } from "react";

/** Milliseconds until stale rows are dimmed. A shorter wait would flicker, and its paint would delay the new rows. */
const WAIT = 250;

/** Returns whether rows have been stale long enough to be dimmed. */
export function useDimmed(stale: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!stale) return;
    const timer = setTimeout(setLong, WAIT, true);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [stale]);
  return stale && isLong;
}
