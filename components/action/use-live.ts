"use client";

import { type RefObject, useEffect, useRef } from "react";
import { subscribeClock } from "@/components/ui/use-clock";

const LIVE_PERIOD = 60_000;

/** Milliseconds after the last use in which a page refreshes, so that its session can expire. */
const LIVE_AFTER_USE = 30 * 60_000;

const USES = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/**
 * Refreshes what a visible page shows, at most once a minute. It waits while the page is hidden, and
 * while nobody uses it.
 *
 * @param readAt when the shown data was read. The minute starts again with each reading
 * @param hovered nothing is refreshed while the pointer is over this element
 */
export function useLive(
  refresh: () => void,
  readAt: Date | null,
  hovered?: RefObject<HTMLElement | null>,
): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const read = readAt?.getTime() ?? null;
  useEffect(() => {
    if (read === null) return;
    let [begun, used] = [Date.now(), Date.now()];
    const use = () => {
      used = Date.now();
    };
    for (const name of USES) addEventListener(name, use, { passive: true });
    const leave = subscribeClock(() => {
      const now = Date.now();
      if (document.visibilityState === "hidden" || now - begun < LIVE_PERIOD) return;
      if (now - used > LIVE_AFTER_USE || hovered?.current?.matches(":hover")) return;
      begun = now;
      latest.current();
    });
    return () => {
      leave();
      for (const name of USES) removeEventListener(name, use);
    };
  }, [read, hovered]);
}
