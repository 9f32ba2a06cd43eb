"use client";

import { type ReactNode, Suspense, useState } from "react";

type SteadySuspenseProps = {
  /** Whether the content may come behind the fallback. Only the first value counts. */
  suspends: boolean;
  fallback: ReactNode;
  children: ReactNode;
};

/**
 * Renders content in a Suspense boundary, or without one. A page that is refreshed keeps what it had:
 * otherwise React would mount the content again, which ends its requests and loses its state.
 */
export function SteadySuspense({ suspends, fallback, children }: SteadySuspenseProps) {
  const [first] = useState(suspends);
  return first ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
