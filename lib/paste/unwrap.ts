import { protectCell, unprotectCell } from "@/lib/export/spreadsheet-cell";
import { trimmed } from "../subscriber-id";

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "„": "“",
  "‘": "’",
  "«": "»",
  "‹": "›",
  "「": "」",
  "『": "』",
  "＂": "＂",
};

/** Returns the literal content of a quotation; null for any other text. */
export function literal(text: string): string | null {
  const inside = quotation(text);
  if (inside === null || inside.includes(text.charAt(0))) return null;
  return inside.includes(text.charAt(text.length - 1)) ? null : unmarked(trimmed(inside));
}

const NAME =
  "(?:user|subscriber|channel|owner|member|operator|from|to|official)[ _-]?(?:id|account)|(?:订阅者|用户|频道|구독자|사용자|채널|登録者|ユーザー|チャンネル) ?ID";
const QUOTED_LABEL = new RegExp(`^(["'\`])(?:${NAME}|u?id)\\1\\s*[:=]\\s*`, "i");
// An ID may start with "id:", so a blank must follow.
const LABEL = new RegExp(`^(?:(?:${NAME})\\s*[:=：]\\s*|u?id\\s*(?:[:=]\\s+|：\\s*))`, "i");
const HEADER = new RegExp(`^(?:(?:${NAME})s?|u?id)$`, "i");

export function isHeader(cell: string): boolean {
  return HEADER.test(cell);
}

/** Removes a label and a trailing comma. */
export function unlabelled(text: string): string {
  return trimmed(trimmed(text).replace(QUOTED_LABEL, "").replace(LABEL, "").replace(/[,;]$/, ""));
}

// A date may name its month: 1-Nov-2026.
const DATE = /^\d{1,4}[-./](?:\d{1,2}|\p{L}{3,9})[-./]\d{1,4}(?:$|[T ])/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LIKELY_ID = /^(?:\d{3,}|(?=[\w.-]*\d)(?=[\w.-]*[a-z])\w[\w.-]*)$/i;

/** Returns whether a text is a date or an e-mail address. */
export function isDateOrEmail(text: string): boolean {
  return DATE.test(text) || EMAIL.test(text);
}

/** Returns whether a text looks like an ID: three digits or more, or letters and digits. */
export function isLikelyId(text: string): boolean {
  return LIKELY_ID.test(text) && !DATE.test(text);
}

/**
 * Returns the ID in a cell or line, without a label, a trailing comma, one pair of quotes and the
 * apostrophe of an export. Everything else stays, because an ID may contain quotes.
 */
export function unwrapped(text: string): string {
  const value = unlabelled(text);
  const inside = quotation(value);
  if (inside === null) return unmarked(value);
  return unmarked(trimmed(value.startsWith('"') ? inside.replaceAll('""', '"') : inside));
}

/** Returns what stands between the quotes of a quotation, or null for any other text. */
export function quotation(text: string): string | null {
  const close = QUOTES[text.charAt(0)];
  return close !== undefined && text.length > 1 && text.endsWith(close) ? text.slice(1, -1) : null;
}

/** Removes the apostrophe of an export. One that no export adds belongs to the ID. */
function unmarked(text: string): string {
  if (!text.includes("'")) return text;
  const plain = unprotectCell(text);
  return protectCell(plain, true) === text ? plain : text;
}
