import type { Moment } from "./channel";
import type { Delivery } from "./delivery";
import type { JsonObject } from "./json";

/** What a command may know beside the body of its call. */
export interface Circumstances extends Moment {
  /** Rows a page has at most, whatever Limit says. */
  readonly maxRows: number;
  /** Counts the calls for a subscriber, this one included. */
  nextCall(subscriberId: string): number;
}

/** The fields of an answer beside the envelope, and how they travel. */
export interface Answer {
  readonly fields: JsonObject;
  readonly finish?: (body: JsonObject) => JsonObject;
  readonly delivery?: Delivery;
}

/** A command of the API; it throws a Refusal where the vendor answers with an ErrorCode. */
export type Command = (body: JsonObject, circumstances: Circumstances) => Answer;
