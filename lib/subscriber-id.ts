/** Bytes of the longest user id the vendor takes. */
export const MAX_SUBSCRIBER_ID_BYTES = 32;

export type SubscriberIdProblem = "empty" | "channel" | "unprintable" | "tooLong";

/** Why a text cannot be a subscriber's id, or null when it can. Ids stay text: 007 is not 7. */
export function subscriberIdProblem(id: string): SubscriberIdProblem | null {
  if (id === "") return "empty";
  if (id.startsWith("@TOA#_")) return "channel";
  if (!/^[\x20-\x7e]*$/.test(id)) return "unprintable";
  return id.length > MAX_SUBSCRIBER_ID_BYTES ? "tooLong" : null;
}
