import { channelAddress } from "@/lib/channels/channels-address";
import { visibleText } from "@/lib/visible-text";
import type { News } from "./notices-of";

/** A notice with the channel that it tells of. */
export type ToldNotice = News & {
  /** The slug of the app. */
  readonly app: string;
  readonly channelId: string;
};

/** What is posted: a chat that knows no blocks shows the text. */
export type Message = {
  readonly text: string;
  readonly blocks: readonly object[];
};

/** Characters of a name that are shown at most: it is another's text. */
const LONGEST_NAME = 80;

const NUMBER = new Intl.NumberFormat("en");
const PERCENT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat("en", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/**
 * Notices as a message to a chat, in the form that Slack's incoming webhooks take and others have copied.
 * It is in English: a team reads it, of which the desk does not know the languages.
 */
export function digestMessage(told: readonly ToldNotice[], appUrl: URL): Message {
  const lines = told.map((notice) => `${nameWithLink(notice, appUrl)} ${sentence(notice)}`);
  const title =
    told.length === 1
      ? "News of a watched channel"
      : `News of watched channels: ${NUMBER.format(told.length)}`;
  return {
    text: [title, ...lines].join("\n"),
    blocks: [
      { type: "header", text: { type: "plain_text", text: title } },
      ...lines.map((text) => ({
        type: "section",
        // Addresses and names of rooms in it are another's text, and lead nowhere.
        text: { type: "mrkdwn", text, verbatim: true },
      })),
    ],
  };
}

function nameWithLink({ app, channelId, detail }: ToldNotice, appUrl: URL): string {
  const address = new URL(channelAddress(app, channelId, null), appUrl);
  const name = shortened(visibleText(detail.name ?? channelId));
  return `<${escaped(address.href)}|${escaped(name)}>`;
}

function sentence({ kind, detail }: News): string {
  if (kind === "gone") return `is gone, since ${time(detail.goneAt)} or before.`;
  if (kind === "moved") {
    const { change, percent, count } = detail;
    const [verb, sign] = change > 0 ? ["gained", "+"] : ["lost", "−"];
    const share = `${sign}${PERCENT.format(Math.abs(percent))}%`;
    const [moved, left] = [Math.abs(change), count].map((each) => NUMBER.format(each));
    return `has ${verb} ${moved} subscribers in 24 hours (${share}), and has ${left} now.`;
  }
  const { lastMessageAt, knownSince, days } = detail;
  const span = `${NUMBER.format(days)} ${days === 1 ? "day" : "days"}`;
  return lastMessageAt === null
    ? `has never sent a message. The desk knows it since ${time(knownSince)}, for ${span}.`
    : `has sent no message for ${span}. The last was on ${time(lastMessageAt)}.`;
}

function time(iso: string): string {
  return `${TIME.format(new Date(iso))} UTC`;
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST_NAME) return text;
  return `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}

/** What would be a link, a mention or a command is text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
