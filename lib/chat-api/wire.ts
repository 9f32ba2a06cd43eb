import { z } from "zod";
import { ChatApiError } from "./errors";
import type { Field, Subscription, SubscriptionField } from "./types";
import {
  CHANNEL_FIELDS,
  CHANNEL_FILTER,
  FIELDS,
  SUBSCRIPTION_FIELDS,
  SUBSCRIPTION_FILTER,
} from "./types";

/**
 * Seconds from which a time is impossible: the year 5138. Milliseconds of any time since 1973 are
 * larger. The API documents seconds, so milliseconds are unreadable and not converted.
 */
const TOO_MANY_SECONDS = 100_000_000_000;

/** Returns the value, null if empty, or undefined if it breaks the documented form. */
type ReadValue = (value: unknown) => string | number | Date | null | undefined;

// The API sends integers. Proxies have been seen to send strings.
function wholeNumber(value: unknown): number | undefined {
  const isDigits = typeof value === "string" && /^\d{1,16}$/.test(value);
  const number = isDigits ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined;
}

const readCount: ReadValue = (value) => (value == null ? null : wholeNumber(value));

// Never sent or never subscribed: the API sends 0 or nothing, and neither is 1970.
const readTime: ReadValue = (value) => {
  const seconds = value == null ? 0 : wholeNumber(value);
  if (seconds === undefined || seconds >= TOO_MANY_SECONDS) return undefined;
  return seconds === 0 ? null : new Date(seconds * 1000);
};

const readText: ReadValue = (value) => {
  if (value == null) return null;
  return typeof value === "string" ? value || null : undefined;
};

const READ: Readonly<Record<Field, ReadValue>> = {
  name: readText,
  ownerId: readText,
  subscriberCount: readCount,
  lastMessageAt: readTime,
  createdAt: readTime,
  introduction: readText,
  organization: readText,
  avatarUrl: readText,
  customString: readText,
  subscribedAt: readTime,
  subscriberCustomString: readText,
};

/**
 * Reads these fields of one row, and nothing else that the vendor sent. A value that breaks the documented
 * form is named in `unreadable` and fails no other.
 *
 * @returns null where the row does not say which channel it is
 */
export function readRow(wire: unknown, fields: readonly Field[] = FIELDS): Subscription | null {
  if (!isRecord(wire)) return null;
  const { Official_Account: channelId, SelfInfo: selfInfo } = wire;
  if (typeof channelId !== "string" || channelId === "") return null;
  const row: Record<string, unknown> = { channelId };
  const unreadable: Field[] = [];
  for (const field of fields) {
    const [part, name] = isOfSubscription(field)
      ? [selfInfo ?? {}, SUBSCRIPTION_FILTER[field]]
      : [wire, CHANNEL_FILTER[field]];
    const value = isRecord(part) ? READ[field](part[name]) : undefined;
    if (value === undefined) unreadable.push(field);
    else row[field] = value;
  }
  if (unreadable.length > 0) row.unreadable = unreadable;
  return row as Subscription;
}

function isOfSubscription(field: Field): field is SubscriptionField {
  return field in SUBSCRIPTION_FILTER;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const integer = z.unknown().transform((value, context) => {
  const number = wholeNumber(value);
  if (number !== undefined) return number;
  context.addIssue("expected a whole number");
  return z.NEVER;
});
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

const envelope = z.looseObject({
  ActionStatus: z.string(),
  ErrorCode: z.union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ]),
  ErrorInfo: text,
});

export const WIRE = {
  envelope,
  /** A row of `channelList`, before its fields. */
  channelStatus: z.object({
    Official_Account: z.string(),
    ErrorCode: integer.nullish(),
    ErrorInfo: text,
  }),
  channelList: z.object({ OfficialAccountInfoList: z.array(z.unknown()) }),
  subscriptionPage: z.object({
    TotalCount: integer,
    // A subscriber without subscriptions may come without a list.
    OfficialAccountInfoList: z.array(z.unknown()).nullish(),
    // 1 or 0 in this document, "not zero" in related ones.
    CompleteFlag: integer,
    Next: integer.nullish(),
  }),
  accountList: z.object({
    ResultItem: z.array(
      z.object({
        UserID: z.string(),
        ResultCode: integer.nullish(),
        ResultInfo: text,
        AccountStatus: z.string().nullish(),
      }),
    ),
  }),
};

/**
 * The OfficialAccountBaseInfoFilter for these fields: never empty, since the vendor does not say what
 * empty means.
 *
 * @param readable where there is no such field, the first of these stands in
 */
export function channelFilter(
  fields: readonly Field[],
  readable: readonly Field[] = FIELDS,
): string[] {
  return oneAtLeast(CHANNEL_FIELDS, fields, readable).map((field) => CHANNEL_FILTER[field]);
}

/** The SelfInfoFilter for these fields, never empty either. */
export function subscriptionFilter(
  fields: readonly Field[],
  readable: readonly Field[] = FIELDS,
): string[] {
  return oneAtLeast(SUBSCRIPTION_FIELDS, fields, readable).map(
    (field) => SUBSCRIPTION_FILTER[field],
  );
}

function oneAtLeast<Name extends Field>(
  group: readonly Name[],
  fields: readonly Field[],
  readable: readonly Field[],
): Name[] {
  const names = group.filter((field) => fields.includes(field));
  if (names.length > 0) return names;
  const standIn = group.find((field) => readable.includes(field));
  if (!standIn) throw new Error(`None of ${group.join(", ")} may be asked for.`);
  return [standIn];
}

/** Parses an answer, or throws an error that says in one sentence where it breaks the contract. */
export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  answer: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.map((key) =>
    typeof key === "number" ? `[${key}]` : `.${String(key)}`,
  );
  throw new ChatApiError({
    kind: "malformed",
    info: `The response does not match the documented format at ${where?.join("").slice(1) || "the top level"}: ${issue?.message}.`,
  });
}
