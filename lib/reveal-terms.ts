import { wellFormed } from "./subscriptions/folded-text";

/** Minutes for which a session may read a revealed field. */
export const REVEAL_MINUTES = 15;

/** UTF-16 units of the shortest and the longest reason. */
export const MIN_REASON = 5;
export const MAX_REASON = 500;

/** Returns the typed reason on one line, or null if it is too short or too long. */
export function tidyReason(typed: string): string | null {
  const reason = wellFormed(typed).normalize("NFC").replace(SPACE, " ").trim();
  const seen = reason.replace(UNSEEN, "");
  return seen.length >= MIN_REASON && reason.length <= MAX_REASON ? reason : null;
}

const SPACE = /[\s\p{Cc}]+/gu;
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}\u2800]/gu;
