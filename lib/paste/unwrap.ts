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

/** What stands in a text that is one quotation, taken at its word; null for any other text. */
export function literal(text: string): string | null {
  const inside = quotation(text);
  if (inside === null || inside.includes(text.charAt(0))) return null;
  return inside.includes(text.charAt(text.length - 1)) ? null : unmarked(trimmed(inside));
}

const NAME =
  "(?:user|subscriber|channel|owner|member|operator|from|to|official)[ _-]?(?:id|account)|(?:订阅者|用户|频道|구독자|사용자|채널|登録者|ユーザー|チャンネル) ?ID";
const QUOTED_LABEL = new RegExp(`^(["'\`])(?:${NAME}|u?id)\\1\\s*[:=]\\s*`, "i");
// An id may begin with "id:", so there a blank must follow.
const LABEL = new RegExp(`^(?:(?:${NAME})\\s*[:=：]\\s*|u?id\\s*(?:[:=]\\s+|：\\s*))`, "i");
const HEADER = new RegExp(`^(?:(?:${NAME})s?|u?id)$`, "i");

export function isHeader(cell: string): boolean {
  return HEADER.test(cell);
}

/** Returns a text without its label and its last comma. */
export function unlabelled(text: string): string {
  return trimmed(trimmed(text).replace(QUOTED_LABEL, "").replace(LABEL, "").replace(/[,;]$/, ""));
}

// A date may name its month: 1-Nov-2026.
const DATE = /^\d{1,4}[-./](?:\d{1,2}|\p{L}{3,9})[-./]\d{1,4}(?:$|[T ])/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LIKELY_ID = /^(?:\d{3,}|(?=[\w.-]*\d)(?=[\w.-]*[a-z])\w[\w.-]*)$/i;

/** Tells whether a text is a date or an e-mail address. */
export function isDateOrEmail(text: string): boolean {
  return DATE.test(text) || EMAIL.test(text);
}

/** Tells whether a text has the usual form of an id: a number of three digits or more, or letters and digits. */
export function isLikelyId(text: string): boolean {
  return LIKELY_ID.test(text) && !DATE.test(text);
}

/**
 * The id in a cell or line: without a label, a last comma, one pair of quotes, and the apostrophe of an
 * export. All else stays, since an id may hold quotes.
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

/** Without the apostrophe of an export. One that no export would have set is the id's own. */
function unmarked(text: string): string {
  if (!text.includes("'")) return text;
  const plain = unprotectCell(text);
  return protectCell(plain, true) === text ? plain : text;
}
