import type { useFormatter, useTranslations } from "next-intl";
import type { Subscription } from "@/lib/chat-api/types";
import { visibleText } from "@/lib/visible-text";

type Ticket = {
  readonly t: ReturnType<typeof useTranslations<"ticket">>;
  readonly format: ReturnType<typeof useFormatter>;
  /** With the region as the person's language calls it. */
  readonly app: { readonly name: string; readonly sdkAppId: number; readonly region: string };
  readonly subscriberId: string;
  /** False when the app has no such user. */
  readonly known: boolean;
  readonly total: number;
  readonly read: number;
  /** Only what was read to the end, and did not move meanwhile, is complete. */
  readonly outcome: "complete" | "changed" | "partial";
  readonly readAt: Date;
  /** The rows selected. */
  readonly rows: readonly Subscription[];
  readonly link: string;
};

const MAX_ROWS = 20;

/** A short text for a ticket: who, which app, how many, the rows selected, when it was read, and the link. */
export function ticketSummary(ticket: Ticket): string {
  const { t, format, app, subscriberId, readAt, rows, link } = ticket;
  const { name, sdkAppId, region } = app;
  const lines = [
    t("who", {
      subscriber: visibleText(subscriberId),
      app: visibleText(name),
      sdkAppId: String(sdkAppId),
      region,
    }),
    summaryLine(ticket),
  ];
  if (rows.length > 0) lines.push(t("selected", { count: rows.length }));
  lines.push(...rows.slice(0, MAX_ROWS).map((row) => `- ${rowLine(row, ticket)}`));
  if (rows.length > MAX_ROWS) lines.push(`- ${t("more", { count: rows.length - MAX_ROWS })}`);
  return [...lines, t("readAt", { at: format.dateTime(readAt, "exact") }), link].join("\n");
}

function summaryLine({ t, known, total, read, outcome }: Ticket): string {
  if (!known) return t("unknown");
  return outcome === "partial" ? t(outcome, { total, read }) : t(outcome, { total });
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
