import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Channel } from "./types";

type CallbackApp = {
  readonly sdkAppId: number;
  /** The shared secret of Tencent Cloud and the desk. */
  readonly token: string;
};

/** The event. "other": a future event, or one that the desk does not store. */
type Callback = ChannelCallback | { readonly event: "other" };

/** An event of a channel. `at` is the time of the event, if it is given. */
export type ChannelCallback = {
  readonly channelId: string;
  readonly at: Date;
} & (
  | { readonly event: "created" | "changed"; readonly facts: ChangedFacts }
  | { readonly event: "destroyed" }
  /** The number of new subscribers, negative for lost ones. Their IDs are not stored. */
  | { readonly event: "followed"; readonly change: number }
  | { readonly event: "sent"; readonly messageAt: Date }
  /** The channel was removed. */
  | { readonly event: "full" }
);

type ChangedFacts = Pick<
  Channel,
  "name" | "ownerId" | "createdAt" | "introduction" | "avatarUrl" | "organization"
>;

/** The expected answer to every callback. */
export const CALLBACK_ANSWER = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** Seconds by which a callback's time may differ from the desk's. */
const FRESH_SECONDS = 300;

/**
 * Returns whether a callback was signed just now with the app's token: `Sign` is the SHA-256 of the
 * token followed by `RequestTime`, in hexadecimal.
 */
export function isSignedCallback(query: URLSearchParams, app: CallbackApp, now: Date): boolean {
  const time = query.get("RequestTime") ?? "";
  const expected = createHash("sha256").update(`${app.token}${time}`).digest();
  const signature = Buffer.from(query.get("Sign") ?? "", "hex");
  // Compared first and in constant time.
  const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected);
  const isFresh =
    /^\d{10}$/.test(time) && Math.abs(Number(time) - now.getTime() / 1000) <= FRESH_SECONDS;
  return isSigned && isFresh && query.get("SdkAppid") === String(app.sdkAppId);
}

/** Parses a callback. Returns null for an undocumented one. Does not check its signature. */
export function parseCallback(
  query: URLSearchParams,
  body: string,
  receivedAt: Date,
): Callback | null {
  const command = query.get("CallbackCommand") ?? "";
  // Nothing is stored, so an unknown form of a future event is no error.
  if (OTHERS.has(command)) return { event: "other" };
  const parsed = packet.safeParse(parseJson(body));
  if (!parsed.success || (parsed.data.CallbackCommand ?? command) !== command) return null;
  return read(command, parsed.data, receivedAt);
}

const OTHERS = new Set([
  "OfficialAccount.CallbackBeforeCreateOfficialAccount",
  "OfficialAccount.CallbackBeforeAddSubscriber",
  "OfficialAccount.CallbackBeforeSendMsg",
  "OfficialAccount.CallbackAfterMsgWithDraw",
]);

const text = z.string().nullish();
/** A string within the documented limit in UTF-8 bytes. Longer ones are forged. */
const limited = (bytes: number) =>
  text.refine((value) => !value || Buffer.byteLength(value) <= bytes, "is longer than documented");
// A bad time does not invalidate the rest.
const time = z.number().nullish().catch(null);
const accounts = z.array(z.object({ Subscriber_Account: z.string() })).max(1000);

const packet = z.object({
  CallbackCommand: text,
  // IDs contain no lone surrogates and no invisible characters.
  Official_Account: z
    .string()
    .max(200)
    .regex(/^\P{C}+$/u),
  EventTime: time,
  MsgTime: time,
  Name: limited(150),
  Owner_Account: limited(128),
  Introduction: limited(400),
  FaceUrl: limited(500),
  Organization: limited(500),
  SubscribeAccountList: accounts.nullish(),
  OnlineOnlyFlag: z.unknown().optional(),
});

function read(command: string, wire: z.output<typeof packet>, receivedAt: Date): Callback | null {
  const happenedAt = instant(wire.EventTime, receivedAt);
  const of = { channelId: wire.Official_Account, at: happenedAt ?? receivedAt };
  switch (command) {
    case "OfficialAccount.CallbackAfterCreateOfficialAccount": {
      const facts = { ...factsOf(wire), ...(happenedAt && { createdAt: happenedAt }) };
      return { ...of, event: "created", facts };
    }
    case "OfficialAccount.CallbackAfterOfficialAccountInfoChanged":
      return { ...of, event: "changed", facts: factsOf(wire) };
    case "OfficialAccount.CallbackAfterOfficialAccountDestroyed":
      return { ...of, event: "destroyed" };
    case "OfficialAccount.CallbackAfterAddSubscriber":
      return { ...of, event: "followed", change: followers(wire) };
    case "OfficialAccount.CallbackAfterDeleteSubscriber":
      return { ...of, event: "followed", change: -followers(wire) };
    case "OfficialAccount.CallbackAfterOfficialAccountFull":
      return { ...of, event: "full" };
    case "OfficialAccount.CallbackAfterSendMsg":
      // The message itself is not stored. The API decides whether it is the last one.
      if (wire.OnlineOnlyFlag === 1) return { event: "other" };
      return { ...of, event: "sent", messageAt: inSeconds(instant(wire.MsgTime, of.at) ?? of.at) };
    default:
      return null;
  }
}

/** Parsed like the API's other answers. */
function inSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

function followers({ SubscribeAccountList: list }: z.output<typeof packet>): number {
  return new Set((list ?? []).map((each) => each.Subscriber_Account)).size;
}

function factsOf(wire: z.output<typeof packet>): ChangedFacts {
  const facts = {
    name: wire.Name,
    ownerId: wire.Owner_Account,
    introduction: wire.Introduction,
    avatarUrl: wire.FaceUrl,
    organization: wire.Organization,
  };
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [field, value || null]));
}

const MILLISECONDS_FROM = 100_000_000_000;

/** Before official channels existed. */
const EARLIEST_MS = Date.UTC(2010, 0);

/** Parses seconds or milliseconds, or null. A time slightly in the future becomes `receivedAt`. */
function instant(time: number | null | undefined, receivedAt: Date): Date | null {
  const number = time ?? 0;
  const milliseconds = number < MILLISECONDS_FROM ? number * 1000 : number;
  const latest = receivedAt.getTime();
  if (milliseconds < EARLIEST_MS || milliseconds > latest + FRESH_SECONDS * 1000) return null;
  return new Date(Math.min(milliseconds, latest));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
