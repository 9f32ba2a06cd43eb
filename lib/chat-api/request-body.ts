import {
  CHANNEL_FIELDS,
  CHANNEL_FILTER,
  type ChannelField,
  type Field,
  SUBSCRIPTION_FIELDS,
  SUBSCRIPTION_FILTER,
  type SubscriptionField,
} from "./types";

/** Returns the app named in the URL of a call, or null. */
export function sdkAppIdOf(text: string): number | null {
  const digits = /[?&]sdkappid=(\d{1,15})(?!\d)/i.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Removes signatures from the URLs in a text: a signature grants full access. */
export function withoutSignature(text: string): string {
  return text.replace(/(usersig(?:=|%3d))[^\s&#"'`^\\]+/gi, "$1…");
}

/** The parameters of a list request, in our names. */
export type ListRequest = {
  readonly subscriberId: string;
  /** Null without a filter, which requests all fields. Unknown names are left out. */
  readonly fields: readonly Field[] | null;
  readonly offset: number;
  /** The API's Limit; absent means 200. */
  readonly size: number;
};

/** Longer texts are no request body: a complete one has less than a thousand characters. */
const MAX_BODY = 65_536;

// Every alternative consumes at least one character without backtracking, so the time is linear.
const STRING_OR_COMMENT = /"(?:[^"\\]|\\[\s\S]?)*"?|\/\/[^\n\r]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;
const STRING_OR_COMMA = /"(?:[^"\\]|\\[\s\S]?)*"?|,(?=\s{0,99}[}\]])/g;

/** Parses the JSON body of a list request, also with comments as in the vendor's sample; null if it is none. */
export function parseRequestBody(text: string): ListRequest | null {
  const body = parseJson(text);
  if (!isObject(body)) return null;
  const subscriberId = idOf(body.Subscriber_Account);
  if (subscriberId === null) return null;
  const filter = isObject(body.ResponseFilter) ? body.ResponseFilter : {};
  return {
    subscriberId,
    fields: fieldsOf(filter.OfficialAccountBaseInfoFilter, filter.SelfInfoFilter),
    offset: countOf(body.Offset, 999_999_999) ?? 0,
    size: Math.max(1, countOf(body.Limit, 200) ?? 200),
  };
}

function parseJson(text: string): unknown {
  if (text.length > MAX_BODY) return null;
  const keepStrings = (found: string) => (found.startsWith('"') ? found : "");
  const plain = text.replace(STRING_OR_COMMENT, keepStrings).replace(STRING_OR_COMMA, keepStrings);
  try {
    return JSON.parse(plain);
  } catch {
    return null;
  }
}

function fieldsOf(channel: unknown, subscription: unknown): readonly Field[] | null {
  if (!Array.isArray(channel) && !Array.isArray(subscription)) return null;
  const asked = (names: unknown, name: string) => !Array.isArray(names) || names.includes(name);
  return [
    ...CHANNEL_FIELDS.filter((field: ChannelField) => asked(channel, CHANNEL_FILTER[field])),
    ...SUBSCRIPTION_FIELDS.filter((field: SubscriptionField) =>
      asked(subscription, SUBSCRIPTION_FILTER[field]),
    ),
  ];
}

/** A number with more digits than a double holds would change. Only a string keeps such an ID. */
function idOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}

function countOf(value: unknown, max: number): number | null {
  return typeof value === "number" && value >= 0 ? Math.min(Math.trunc(value), max) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
