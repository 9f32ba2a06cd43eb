import { wellFormed } from "@/lib/subscriptions/folded-text";

/** Characters of a tag's name at most. */
export const MAX_TAG_LENGTH = 40;

/** A tag's name as it is kept, of what a person typed; null where it is none. */
export function tagName(text: string): string | null {
  const name = wellFormed(text).normalize("NFC").replace(/\s+/gu, " ").trim();
  const length = [...name].length;
  return length === 0 || length > MAX_TAG_LENGTH || /\p{C}/u.test(name) ? null : name;
}
