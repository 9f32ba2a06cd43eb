import type { useFormatter, useTranslations } from "next-intl";
import type { Subscription } from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import { visibleText } from "@/lib/visible-text";
import type { Verdict } from "../membership/verdict";

type Subject = {
  readonly t: ReturnType<typeof useTranslations<"ticket">>;
  readonly format: ReturnType<typeof useFormatter>;
  /** With the region as the person's language calls it. */
  readonly app: { readonly name: string; readonly sdkAppId: number; readonly region: string };
  readonly subscriberId: string;
  readonly link: string;
};

type Ticket = Subject & {
  /** False when the app has no such user. */
  readonly known: boolean;
  readonly total: number;
  readonly read: number;
  /** Only what was read to the end, and did not move meanwhile, is complete. */
  readonly outcome: "complete" | "changed" | "partial";
  /** What has changed since an earlier lookup, in words. */
  readonly since: { readonly at: Date; readonly change: string } | null;
  readonly readAt: Date;
  /** The rows selected. */
  readonly selected: readonly Subscription[];
  /** The rows on the screen: the first are listed where none is selected. */
  readonly shown: readonly Subscription[];
  /** How many rows the screen would show on all its pages. */
  readonly matching: number;
  /** The question about a channel, and its answer. */
  readonly question: { readonly text: string; readonly verdict: Verdict | null } | null;
};

const MAX_SELECTED = 20;
const MAX_SHOWN = 10;

/** A short text for a ticket: who, which app, how many, the answer, channels, when it was read, and the link. */
export function ticketSummary(ticket: Ticket): string {
  const { t, format, readAt, selected, shown, matching, link } = ticket;
  const isSelected = selected.length > 0;
  const rows = isSelected ? selected.slice(0, MAX_SELECTED) : shown.slice(0, MAX_SHOWN);
  const more = (isSelected ? selected.length : matching) - rows.length;
  const lines = [whoLine(ticket), summaryLine(ticket), ...sinceLine(ticket), ...answerLine(ticket)];
  if (isSelected) lines.push(t("selected", { count: selected.length }));
  else if (rows.length > 0) lines.push(t("listed", { count: rows.length }));
  lines.push(...rows.map((row) => `- ${rowLine(row, ticket)}`));
  if (more > 0) lines.push(`- ${t("more", { count: more })}`);
  return [...lines, t("readAt", { at: format.dateTime(readAt, "exact") }), link].join("\n");
}

type FailedTicket = Subject & {
  readonly failed: ReturnType<typeof useTranslations<"failed">>;
  readonly failure: Failure;
  readonly at: Date;
};

/** The same for a lookup that failed: why, who can help, and what names the request in the log. */
export function failureSummary(ticket: FailedTicket): string {
  const { t, failed, format, failure, at, link } = ticket;
  const { happened, remedy, vendor, requestId } = failure;
  const code = vendor?.code ?? null;
  const detail = code === null ? failed("detail") : failed("vendorCode", { code: String(code) });
  return [
    whoLine(ticket),
    happened,
    remedy,
    ...(vendor ? [`${detail} ${visibleText(vendor.info)}`] : []),
    ...(requestId ? [`${failed("request")} ${requestId}`] : []),
    t("failedAt", { at: format.dateTime(at, "exact") }),
    link,
  ].join("\n");
}

function whoLine({ t, app, subscriberId }: Subject): string {
  const { name, sdkAppId, region } = app;
  return t("who", {
    subscriber: visibleText(subscriberId),
    app: visibleText(name),
    sdkAppId: String(sdkAppId),
    region,
  });
}

function summaryLine({ t, known, total, read, outcome }: Ticket): string {
  if (!known) return t("unknown");
  return outcome === "partial" ? t(outcome, { total, read }) : t(outcome, { total });
}

function sinceLine({ t, format, since }: Ticket): string[] {
  if (!since) return [];
  return [t("sinceLookup", { at: format.dateTime(since.at, "exact"), change: since.change })];
}

function answerLine({ t, format, question, known }: Ticket): string[] {
  if (!question || !known) return [];
  const { text, verdict } = question;
  if (verdict?.kind !== "channel") return [t("notKnown", { channel: visibleText(text.trim()) })];
  const { channelId, name } = verdict.channel;
  const id = visibleText(channelId);
  const channel = name ? `${visibleText(name)} (${id})` : id;
  const { answer } = verdict;
  if (answer.answer === "unknown") return [t("notKnown", { channel })];
  if (answer.answer === "no") return [t("no", { channel })];
  const { subscribedAt } = answer.subscription;
  if (!subscribedAt) return [t("yes", { channel })];
  return [t("yesSince", { channel, since: format.dateTime(subscribedAt, "longDay") })];
}

/** What is known of a row; what was not asked for is not mentioned. */
function rowLine(row: Subscription, { t, format }: Ticket): string {
  const { name, channelId, subscribedAt, lastMessageAt } = row;
  const exact = (at: Date) => format.dateTime(at, "exact");
  return [
    name && visibleText(name),
    visibleText(channelId),
    subscribedAt && t("since", { at: exact(subscribedAt) }),
    lastMessageAt && t("lastMessage", { at: exact(lastMessageAt) }),
    lastMessageAt === null && t("neverSent"),
  ]
    .filter(Boolean)
    .join(" · ");
}
