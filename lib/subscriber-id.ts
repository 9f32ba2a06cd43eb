/** Bytes of the longest user ID of the API. */
export const MAX_SUBSCRIBER_ID_BYTES = 32;

type SubscriberIdProblem = "empty" | "channel" | "unprintable" | "tooLong";

/** Returns why a text cannot be a subscriber ID, or null. IDs stay text: 007 is not 7. */
export function subscriberIdProblem(id: string): SubscriberIdProblem | null {
  if (id === "") return "empty";
  if (id.startsWith("@TOA#_")) return "channel";
  if (!/^[\x20-\x7e]*$/.test(id)) return "unprintable";
  return id.length > MAX_SUBSCRIBER_ID_BYTES ? "tooLong" : null;
}

const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/u;

/** Removes blanks and invisible characters that were copied with an ID. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  // One expression for both ends would take quadratic time on long inner blanks.
  while (start < end && UNSEEN.test(text.charAt(start))) start += 1;
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Returns the text on one line. */
export function onOneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
