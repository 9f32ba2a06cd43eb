import type { ReactNode } from "react";
import { SteadySuspense } from "./steady-suspense";

/** Milliseconds for which a page is not sent, so that quick content is part of its first bytes. */
const PATIENCE_MS = 250;

type FirstFlushProps = {
  /** Resolves when the content can be rendered without waiting. Null if it never waits. */
  ready: Promise<unknown> | null;
  fallback: ReactNode;
  children: ReactNode;
};

/**
 * Renders content with the page when it is ready soon, and otherwise streams it behind the fallback. React
 * reveals streamed content up to 300 ms after it has come.
 */
export async function FirstFlush({ ready, fallback, children }: FirstFlushProps) {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false));
  const isReady = ready === null || (await Promise.race([ready.then(() => true), late]));
  return (
    <SteadySuspense suspends={!isReady} fallback={fallback}>
      {children}
    </SteadySuspense>
  );
}
