import { z } from "zod";
import { ChatApiError } from "./errors";
import { CHANNEL_FILTER, SUBSCRIPTION_FILTER } from "./filter-names";
import type { Channel, Field, Subscription } from "./types";
import { CHANNEL_FIELDS, FIELDS, SUBSCRIPTION_FIELDS } from "./types";

/** Seconds since 1970 that a Date can still hold. */
const MAX_SECONDS = 8.64e12;

// The vendor writes integers; servers before and behind it have been seen to write them as text.
const integer = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,16}$/)
        .transform(Number),
    ],
    "expected a whole number",
  )
  .pipe(z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER));
const count = integer.nullish().transform((value) => value ?? null);
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
// Never sent, never subscribed: the vendor writes 0 or nothing, and neither is 1970.
const time = integer
  .pipe(z.number().max(MAX_SECONDS))
  .nullish()
  .transform((seconds) => (seconds ? new Date(seconds * 1000) : null));

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

const channelShape = {
  Official_Account: z.string().min(1),
  Name: text,
  Owner_Account: text,
  SubscriberNum: count,
  LastMsgTime: time,
  CreateTime: time,
  Introduction: text,
  Organization: text,
  FaceUrl: text,
  CustomString: text,
};
const channelWire = z.object(channelShape);

function toChannel(wire: z.output<typeof channelWire>) {
  return {
    channelId: wire.Official_Account,
    name: wire.Name,
    ownerId: wire.Owner_Account,
    subscriberCount: wire.SubscriberNum,
    lastMessageAt: wire.LastMsgTime,
    createdAt: wire.CreateTime,
    introduction: wire.Introduction,
    organization: wire.Organization,
    avatarUrl: wire.FaceUrl,
    customString: wire.CustomString,
  };
}

const subscription = z
  .object({
    ...channelShape,
    SelfInfo: z.object({ SubscribeTime: time, CustomString: text }).nullish(),
  })
  .transform(({ SelfInfo, ...wire }) => ({
    ...toChannel(wire),
    subscribedAt: SelfInfo?.SubscribeTime ?? null,
    subscriberCustomString: SelfInfo?.CustomString ?? null,
  }));

const channelList = z.object({
  OfficialAccountInfoList: z.array(
    z.looseObject({ Official_Account: z.string(), ErrorCode: integer.nullish(), ErrorInfo: text }),
  ),
});

export const WIRE = {
  envelope,
  channel: channelWire.transform(toChannel),
  channelList,
  subscriptionPage: z.object({
    TotalCount: integer,
    // A subscriber of nothing may come without a list.
    OfficialAccountInfoList: z.array(subscription).nullish(),
    // 1 or 0 on this page, "not zero" on its sisters.
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

/** The SelfInfoFilter for these fields: never empty either. */
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

/** Keeps of a row what was asked for, whatever else the vendor sent. */
export function pickFields<Row extends Channel | Subscription>(
  row: Row,
  fields: readonly Field[],
): Row {
  const asked: readonly string[] = fields;
  const kept = Object.entries(row).filter(([name]) => name === "channelId" || asked.includes(name));
  return Object.fromEntries(kept) as Row;
}

/** Parses an answer, or says in one sentence where it breaks the contract. */
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
    info: `The answer breaks the documented form at ${where?.join("").slice(1) || "its top"}: ${issue?.message}.`,
  });
}
