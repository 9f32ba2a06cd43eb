"use client";

import { type ReactNode, useState } from "react";

type MarkedProps = { value: number | string | null; children: ReactNode };

/** Marks its content for a moment when the value changes while the page is open. */
export function Marked({ value, children }: MarkedProps) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    // The key starts the animation again.
    <span key={seen.changes} className={seen.changes > 0 ? "changed-value" : undefined}>
      {children}
    </span>
  );
}
