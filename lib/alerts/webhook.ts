import { createHmac } from "node:crypto";
import { channelAddress } from "@/lib/channels/channels-address";
import { parseRetryAfter } from "@/lib/chat-api/post";
import type { AlertWebhook } from "@/lib/env-services";
import { visibleText } from "@/lib/visible-text";
import type { AlertContent } from "./find";

const TIMEOUT_MS = 10_000;

/** The result of an attempt; without a problem, the webhook accepted the delivery. */
export type Attempt = {
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  /** The webhook asks for no attempt before this time. */
  readonly notBefore?: Date | null;
};

/**
 * Posts a delivery. The signature is an HMAC-SHA-256 of the time, the id and the body, joined by full stops.
 * The id stays the same in each attempt, so that a receiver recognizes a repetition. Only the status and
 * Retry-After of the response are read.
 *
 * @throws the signal's reason when that aborts
 */
export async function postDelivery(
  { url, secret }: Pick<AlertWebhook, "url" | "secret">,
  { id, body }: { readonly id: string; readonly body: string },
  now: Date,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal },
): Promise<Attempt> {
  const address = url.reveal();
  const seconds = Math.floor(now.getTime() / 1000);
  const mac = createHmac("sha256", secret.reveal())
    .update(`${seconds}.${id}.${body}`)
    .digest("hex");
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-channel-desk-delivery": id,
        "x-channel-desk-signature": `t=${seconds},v1=${mac}`,
      },
      body,
      // Alerts go to the configured address only.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const { status, ok } = response;
    await response.body?.cancel().catch(() => {});
    if (ok) return { status, problem: null };
    const wait = parseRetryAfter(response.headers.get("retry-after"), now.getTime());
    const notBefore = wait > 0 ? new Date(now.getTime() + wait) : null;
    return { status, problem: "refused", notBefore };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, problem: problemOf(error) };
  }
}

/** Leaves out the message of the cause: it may contain the address, which is a secret. */
function problemOf(error: unknown): AttemptProblem {
  if (!(error instanceof Error)) return "unreachable";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  const hasCode = cause instanceof Error && "code" in cause;
  return hasCode ? `unreachable ${String(cause.code)}` : "unreachable";
}

const KINDS = ["refused", "timeout", "unreachable"] as const;

/** Why an attempt failed, as the database stores it: a kind, and the system's error code if there is one. */
type AttemptProblem = (typeof KINDS)[number] | `unreachable ${string}`;

type ReadProblem = { readonly kind: (typeof KINDS)[number]; readonly code: string | null };

/** Splits a stored problem into its parts. Returns null for an English sentence, which earlier versions stored. */
export function readProblem(problem: string): ReadProblem | null {
  const [word, code = null] = problem.split(" ");
  const kind = KINDS.find((each) => each === word);
  return kind ? { kind, code } : null;
}

/** Returns a problem as a sentence for the log. */
export function problemSentence(problem: AttemptProblem, status: number | null): string {
  if (problem === "refused") return `The webhook answered ${status}.`;
  if (problem === "timeout") return "The webhook did not answer within 10 seconds.";
  const code = readProblem(problem)?.code;
  return `The webhook could not be reached${code ? ` (${code})` : ""}.`;
}

/** An alert with its channel. */
export type ChannelAlert = AlertContent & {
  readonly app: string;
  readonly channelId: string;
};

/** The posted JSON. A chat that does not know blocks shows the text. */
type Message = {
  readonly text: string;
  readonly blocks: readonly object[];
};

/** Characters of a name that are shown: it is untrusted text. */
const LONGEST_NAME = 80;

const NUMBER = new Intl.NumberFormat("en");
const PERCENT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat("en", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/**
 * Returns a chat message about alerts, in the format of Slack's incoming webhooks, which other chats accept
 * as well. It is in English, because the languages of the readers are unknown.
 */
export function alertMessage(alerts: readonly ChannelAlert[], appUrl: URL): Message {
  // Several people can ask about the same view.
  const lines = [
    ...new Set(alerts.map((alert) => `${nameWithLink(alert, appUrl)} ${sentence(alert)}`)),
  ];
  const what = alerts.some(({ kind }) => kind === "entered") ? "" : "watched ";
  const title =
    lines.length === 1
      ? `Alert for a ${what}channel`
      : `Alerts for ${what}channels: ${NUMBER.format(lines.length)}`;
  return {
    text: [title, ...lines].join("\n"),
    blocks: [
      { type: "header", text: { type: "plain_text", text: title } },
      ...lines.map((text) => ({
        type: "section",
        // Names are untrusted text: addresses and mentions in them must not become links.
        text: { type: "mrkdwn", text, verbatim: true },
      })),
    ],
  };
}

function nameWithLink({ app, channelId, detail }: ChannelAlert, appUrl: URL): string {
  const address = new URL(channelAddress(app, channelId, null), appUrl);
  const name = shortened(visibleText(detail.name ?? channelId));
  return `<${escaped(address.href)}|${escaped(name)}>`;
}

function sentence({ kind, detail }: AlertContent): string {
  if (kind === "gone") return `was deleted on or before ${time(detail.goneAt)}.`;
  if (kind === "entered") {
    const view = escaped(shortened(visibleText(detail.view)));
    const more = detail.more === 0 ? "" : ` So did ${NUMBER.format(detail.more)} more.`;
    return `entered the view “${view}”.${more}`;
  }
  if (kind === "moved") {
    const { change, percent, count } = detail;
    const [verb, sign] = change > 0 ? ["gained", "+"] : ["lost", "−"];
    const share = `${sign}${PERCENT.format(Math.abs(percent))}%`;
    const [moved, left] = [Math.abs(change), count].map((each) => NUMBER.format(each));
    return `has ${verb} ${moved} subscribers in 24 hours (${share}). It now has ${left}.`;
  }
  const { lastMessageAt, knownSince, days } = detail;
  const span = `${NUMBER.format(days)} ${days === 1 ? "day" : "days"}`;
  return lastMessageAt === null
    ? `has never sent a message. It was first seen on ${time(knownSince)}, ${span} ago.`
    : `has sent no message for ${span}. The last message was on ${time(lastMessageAt)}.`;
}

function time(iso: string): string {
  return `${TIME.format(new Date(iso))} UTC`;
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST_NAME) return text;
  return `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}

/** Keeps links, mentions and commands plain text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
