import { channelAddress } from "@/lib/channels/channels-address";
import { visibleText } from "@/lib/visible-text";
import type { AlertContent } from "./find";

/** An alert with its channel. */
export type ChannelAlert = AlertContent & {
  /** The slug of the app. */
  readonly app: string;
  readonly channelId: string;
};

/** The posted JSON. A chat that does not know blocks shows the text. */
export type Message = {
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
