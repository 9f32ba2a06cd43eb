import { wellFormed } from "./subscriptions/folded-text";

/** UTF-16 units of the longest name of a saved view. */
export const MAX_VIEW_NAME = 80;

/** The name that somebody typed, on one line; null when nothing of it can be seen, or it is too long. */
export function tidyViewName(typed: string): string | null {
  const name = wellFormed(typed).normalize("NFC").replace(SPACE, " ").trim();
  const isSeen = name.replace(UNSEEN, "") !== "";
  return isSeen && name.length <= MAX_VIEW_NAME ? name : null;
}

const SPACE = /[\s\p{Cc}]+/gu;
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}\u2800]/gu;
