"use client";

import { useSyncExternalStore } from "react";

/** One timer for all that depends on the current time. Paused while the page is hidden. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let time = 0;

/** Calls back once a second while the page is visible, and when it becomes visible again. */
export function subscribeClock(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    time = Date.now();
    document.addEventListener("visibilitychange", start);
    start();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", start);
    clearInterval(timer);
  };
}

function start(): void {
  clearInterval(timer);
  if (document.visibilityState === "hidden") return;
  timer = setInterval(tick, 1000);
  tick();
}

function tick(): void {
  time = Date.now();
  for (const listener of listeners) listener();
}

type Value = string | number | boolean;

/**
 * What depends on the present time. The component is drawn again only when the value is another, not at
 * every tick.
 *
 * @param select the value at a time, in milliseconds since 1970
 * @param drawnAt the time for which the server drew it
 */
export function useClock<Selected extends Value>(
  select: (now: number) => Selected,
  drawnAt: Date,
): Selected {
  return useSyncExternalStore(
    subscribeClock,
    // A clock that is behind the server's must not go back before the answer.
    () => select(Math.max(time || Date.now(), drawnAt.getTime())),
    () => select(drawnAt.getTime()),
  );
}
