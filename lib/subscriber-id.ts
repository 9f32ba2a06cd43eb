/** Bytes of the longest user id the vendor takes. */
export const MAX_SUBSCRIBER_ID_BYTES = 32;

type SubscriberIdProblem = "empty" | "channel" | "unprintable" | "tooLong";

/** Why a text cannot be a subscriber's id, or null when it can. Ids stay text: 007 is not 7. */
export function subscriberIdProblem(id: string): SubscriberIdProblem | null {
  if (id === "") return "empty";
  if (id.startsWith("@TOA#_")) return "channel";
  if (!/^[\x20-\x7e]*$/.test(id)) return "unprintable";
  return id.length > MAX_SUBSCRIBER_ID_BYTES ? "tooLong" : null;
}

const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/u;

/** Removes blanks and invisible characters that were copied with an id. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  // One expression for both ends would take quadratic time on long blanks inside.
  while (start < end && UNSEEN.test(text.charAt(start))) start += 1;
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Returns the text as a field of one line shows it. */
export function onOneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
