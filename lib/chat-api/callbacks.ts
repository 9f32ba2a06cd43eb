import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** The app that callbacks are taken for. */
export type CallbackApp = {
  readonly sdkAppId: number;
  /** What the vendor and the desk know, and nobody else. */
  readonly token: string;
};

/** What the vendor tells of a channel. `at` is when it happened, as far as it says so. */
export type ChannelCallback = { readonly channelId: string; readonly at: Date } & (
  | { readonly event: "created"; readonly name: string | null; readonly ownerId: string | null }
  /** Only what was changed is there. */
  | { readonly event: "changed"; readonly facts: ChangedFacts }
  | { readonly event: "destroyed" }
  /** So many began to follow it, or ceased to if negative. Who they are is not kept. */
  | { readonly event: "followed"; readonly change: number }
  | { readonly event: "sent"; readonly messageAt: Date }
  /** What happens before something, or changes nothing that the desk keeps. */
  | { readonly event: "other"; readonly command: string }
);

export type ChangedFacts = {
  readonly name?: string | null;
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

/** What a callback says, or null when it cannot be understood. Its signature is not looked at. */
export function parseCallback(
  query: URLSearchParams,
  body: string,
  receivedAt: Date,
): ChannelCallback | null {
  const command = /^OfficialAccount\.(Callback\w{1,60})$/.exec(query.get("CallbackCommand") ?? "");
  const parsed = packet.safeParse(parseJson(body));
  return command?.[1] && parsed.success ? read(command[1], parsed.data, receivedAt) : null;
}

const text = z.string().nullish();
const time = z.number().int().nonnegative().nullish();
const accounts = z.array(z.object({ Subscriber_Account: z.string() })).max(1000);

const packet = z.object({
  Official_Account: z.string().min(1).max(200),
  EventTime: time,
  MsgTime: time,
  Name: text,
  Owner_Account: text,
  Introduction: text,
  FaceUrl: text,
  Organization: text,
  SubscribeAccountList: accounts.nullish(),
});

function read(command: string, wire: z.output<typeof packet>, receivedAt: Date): ChannelCallback {
  const of = { channelId: wire.Official_Account, at: instant(wire.EventTime, receivedAt) };
  switch (command) {
    case "CallbackAfterCreateOfficialAccount":
      return {
        ...of,
        event: "created",
        name: wire.Name || null,
        ownerId: wire.Owner_Account || null,
      };
    case "CallbackAfterOfficialAccountInfoChanged":
      return { ...of, event: "changed", facts: changedFacts(wire) };
    case "CallbackAfterOfficialAccountDestroyed":
      return { ...of, event: "destroyed" };
    case "CallbackAfterAddSubscriber":
      return { ...of, event: "followed", change: followers(wire) };
    case "CallbackAfterDeleteSubscriber":
      return { ...of, event: "followed", change: -followers(wire) };
    case "CallbackAfterSendMsg":
      return { ...of, event: "sent", messageAt: instant(wire.MsgTime, of.at) };
    default:
      return { ...of, event: "other", command };
  }
}

function followers({ SubscribeAccountList: list }: z.output<typeof packet>): number {
  return new Set((list ?? []).map((each) => each.Subscriber_Account)).size;
}

function changedFacts(wire: z.output<typeof packet>): ChangedFacts {
  const given = {
    name: wire.Name,
    introduction: wire.Introduction,
    avatarUrl: wire.FaceUrl,
    organization: wire.Organization,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [field, value || null]));
}

const MILLISECONDS_FROM = 100_000_000_000;

/** A time in seconds or in milliseconds, and the other one where it is none or still to come. */
function instant(given: number | null | undefined, otherwise: Date): Date {
  if (!given) return otherwise;
  const milliseconds = given < MILLISECONDS_FROM ? given * 1000 : given;
  return milliseconds <= otherwise.getTime() ? new Date(milliseconds) : otherwise;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
