export type Tone = "neutral" | "good" | "warn" | "bad";

/** Colour is never alone: whoever uses a tone also says it, in words or by an icon. */
export const toneClass: Record<Tone, string> = {
  neutral: "border-line bg-raised text-ink",
  good: "border-good/40 bg-good-soft text-good",
  warn: "border-warn/40 bg-warn-soft text-warn",
  bad: "border-bad/40 bg-bad-soft text-bad",
};
