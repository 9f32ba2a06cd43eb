import type { ReactNode } from "react";

export type Tone = "neutral" | "good" | "warn" | "bad";

/** Colour is never the only signal: always add words or an icon. */
export const toneClass: Record<Tone, string> = {
  neutral: "border-line bg-raised text-ink",
  good: "border-good/40 bg-good-soft text-good",
  warn: "border-warn/40 bg-warn-soft text-warn",
  bad: "border-bad/40 bg-bad-soft text-bad",
};

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-control border px-1.5 text-dense ${toneClass[tone]}`}
    >
      {children}
    </span>
  );
}
