import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** The app that callbacks are taken for. */
export type CallbackApp = {
  readonly sdkAppId: number;
  /** What the vendor and the desk know, and nobody else. */
  readonly token: string;
};

/** What the vendor tells: of what is still to happen, or of nothing that the desk keeps, it is "other". */
export type Callback = ChannelCallback | { readonly event: "other" };

/** What the vendor tells of a channel. `at` is when it happened, as far as it says so. */
export type ChannelCallback = {
  readonly channelId: string;
  readonly at: Date;
} & (
  | { readonly event: "created" | "changed"; readonly facts: GivenFacts }
  | { readonly event: "destroyed" }
  /** So many began to follow it, or ceased to if negative. Who they are is not kept. */
  | { readonly event: "followed"; readonly change: number }
  | { readonly event: "sent"; readonly messageAt: Date }
  /** No more can follow it. */
  | { readonly event: "full" }
);

/** What a callback gives of a channel, and nothing that it does not. */
export type GivenFacts = {
  readonly name?: string | null;
  readonly ownerId?: string | null;
  readonly createdAt?: Date;
  readonly introduction?: string | null;
  readonly avatarUrl?: string | null;
  readonly organization?: string | null;
};

/** What the vendor expects to hear of every callback: that all is well, and may go on. */
export const CALLBACK_ANSWER = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** Seconds by which a callback's time may differ from the desk's, either way. */
const FRESH_SECONDS = 300;

/**
 * Whether a callback is signed with the app's token, for that app, and just now: `Sign` is the SHA-256, in
 * hexadecimal, of the token followed by `RequestTime`.
 */
export function isSignedCallback(query: URLSearchParams, app: CallbackApp, now: Date): boolean {
  const time = query.get("RequestTime") ?? "";
  const expected = createHash("sha256").update(`${app.token}${time}`).digest();
  const given = Buffer.from(query.get("Sign") ?? "", "hex");
  // Compared first and in constant time, whatever else is wrong.
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
  const isFresh =
    /^\d{10}$/.test(time) && Math.abs(Number(time) - now.getTime() / 1000) <= FRESH_SECONDS;
  return isSigned && isFresh && query.get("SdkAppid") === String(app.sdkAppId);
}

/**
 * What a callback says, or null when it is none that the vendor documents, or not of its form. Its
 * signature is not looked at.
 */
export function parseCallback(
  query: URLSearchParams,
  body: string,
  receivedAt: Date,
): Callback | null {
  const command = query.get("CallbackCommand") ?? "";
  // Nothing is kept, so nothing need be understood: what is still to happen must not fail by it.
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
/** A text within the vendor's own limit, which counts bytes of UTF-8. A longer one is not the vendor's. */
const limited = (bytes: number) =>
  text.refine((value) => !value || Buffer.byteLength(value) <= bytes, "is longer than documented");
// A time that is none is no reason not to hear the rest.
const time = z.number().nullish().catch(null);
const accounts = z.array(z.object({ Subscriber_Account: z.string() })).max(1000);

const packet = z.object({
  CallbackCommand: text,
  // No id has half characters or what cannot be seen, and no database holds all of them.
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
      const facts = { ...givenFacts(wire), ...(happenedAt && { createdAt: happenedAt }) };
      return { ...of, event: "created", facts };
    }
    case "OfficialAccount.CallbackAfterOfficialAccountInfoChanged":
      return { ...of, event: "changed", facts: givenFacts(wire) };
    case "OfficialAccount.CallbackAfterOfficialAccountDestroyed":
      return { ...of, event: "destroyed" };
    case "OfficialAccount.CallbackAfterAddSubscriber":
      return { ...of, event: "followed", change: followers(wire) };
    case "OfficialAccount.CallbackAfterDeleteSubscriber":
      return { ...of, event: "followed", change: -followers(wire) };
    case "OfficialAccount.CallbackAfterOfficialAccountFull":
      return { ...of, event: "full" };
    case "OfficialAccount.CallbackAfterSendMsg":
      // It is kept nowhere, and whether it counts as the last message is for the vendor to say.
      if (wire.OnlineOnlyFlag === 1) return { event: "other" };
      return { ...of, event: "sent", messageAt: inSeconds(instant(wire.MsgTime, of.at) ?? of.at) };
    default:
      return null;
  }
}

/** As the vendor's other answers tell it, so that it is the same time there. */
function inSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

function followers({ SubscribeAccountList: list }: z.output<typeof packet>): number {
  return new Set((list ?? []).map((each) => each.Subscriber_Account)).size;
}

function givenFacts(wire: z.output<typeof packet>): GivenFacts {
  const given = {
    name: wire.Name,
    ownerId: wire.Owner_Account,
    introduction: wire.Introduction,
    avatarUrl: wire.FaceUrl,
    organization: wire.Organization,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [field, value || null]));
}

const MILLISECONDS_FROM = 100_000_000_000;

/** Before the vendor had channels. */
const EARLIEST_MS = Date.UTC(2010, 0);

/**
 * A time in seconds or in milliseconds; null where it is none, or cannot be. The vendor's clock may be a
 * little ahead: then it is the time at which we hear of it.
 */
function instant(given: number | null | undefined, toldAt: Date): Date | null {
  const number = given ?? 0;
  const milliseconds = number < MILLISECONDS_FROM ? number * 1000 : number;
  const latest = toldAt.getTime();
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
