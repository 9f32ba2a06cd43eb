import type { ReactNode } from "react";
import { type Tone, toneClass } from "./tone";

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-control border px-1.5 text-dense ${toneClass[tone]}`}
    >
      {children}
    </span>
  );
}
