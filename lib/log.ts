import { format } from "node:util";
import type { Secret } from "./secret";

export type LogDetails = {
  readonly level?: "info" | "warning" | "error";
  /** The request ID, also in the answer and the audit log. */
  readonly requestId?: string | undefined;
} & Readonly<Record<string, string | number | boolean | Secret | undefined>>;

declare global {
  // Several bundles of one process share the log.
  var channelDeskSecrets: Set<string> | undefined;
}

// Shorter ones are ordinary words and would make the log unreadable.
const SHORTEST_SECRET = 8;
const LONGEST_TEXT = 2000;

/** Registers secrets that must never be logged. */
export function keepFromLog(secrets: readonly Secret[]): void {
  globalThis.channelDeskSecrets ??= new Set();
  for (const secret of secrets) {
    const text = secret.reveal();
    if (text.length < SHORTEST_SECRET) continue;
    for (const form of [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]) {
      globalThis.channelDeskSecrets.add(form);
    }
  }
}

/**
 * Writes one JSON line to standard error, with level "error" by default. Never pass the query of a
 * URL: it contains subscriber IDs.
 */
export function logLine(source: string, message: string, details: LogDetails = {}): void {
  const { level = "error", ...rest } = details;
  const line = { time: new Date().toISOString(), level, source, message, ...rest };
  process.stderr.write(
    `${JSON.stringify(line, (_, value) =>
      typeof value === "string" ? withoutSecrets(value) : value,
    )}\n`,
  );
}

/** The last defence: removes secrets that got into a text by mistake. */
function withoutSecrets(text: string): string {
  let cleaned = text;
  for (const secret of globalThis.channelDeskSecrets ?? []) {
    cleaned = cleaned.replaceAll(secret, "[secret]");
  }
  for (const pattern of SECRET_LOOKS) cleaned = cleaned.replace(pattern, "[secret]");
  // Escapes control characters, so that a log line cannot control a terminal.
  return cleaned.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").slice(0, LONGEST_TEXT);
}

const SECRET_LOOKS = [
  // A UserSig: deflated JSON in the API's base64 alphabet.
  /\beJ[\w*+/=-]{30,}/g,
  // Session tokens and tokens of identity providers.
  /\beyJ[\w-]{8,}(\.[\w-]*){1,4}/g,
  // A password hash.
  /\$scrypt\$\S+/g,
  // A password in a URL.
  /(?<=\b[a-z][a-z+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi,
];

/**
 * Returns the reason of an error for the log: the message of the innermost cause, with `…` for every
 * value. Libraries repeat in their messages what they were given, and that may be a subscriber's id.
 */
export function reasonOf(error: unknown): string {
  return innermost(error).map(messageOf).join(", ");
}

/** Returns the name, the code and the reason of an error, and where it was thrown. */
export function describeError(error: unknown): string {
  const [first] = innermost(error);
  if (!(first instanceof Error)) return reasonOf(error);
  const code = "code" in first ? ` ${withoutValues(String(first.code))}` : "";
  return `${first.name}${code}: ${reasonOf(error)}${framesOf(error)}`;
}

/** Formats the arguments of `console.error`, without the values in errors. */
export function describePrinted(parts: readonly unknown[]): string {
  return format(
    ...parts.map((part) => {
      if (part instanceof Error) return describeError(part);
      // It may be derived from an error.
      if (typeof part === "string") return withoutValues(part);
      return typeof part === "object" && part !== null ? "[object]" : part;
    }),
  );
}

// A chain of causes may be circular.
const MOST_CAUSES = 8;

function innermost(error: unknown, depth = 0): unknown[] {
  if (depth === MOST_CAUSES || !(error instanceof Error)) return [error];
  if (error instanceof AggregateError) {
    return error.errors.slice(0, MOST_CAUSES).flatMap((one) => innermost(one, depth + 1));
  }
  const { cause } = error;
  return cause === undefined || cause === null ? [error] : innermost(cause, depth + 1);
}

/** The stack lines after the message, which may itself look like stack lines. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return "";
  const at = error.stack.indexOf(error.message);
  if (at < 0) return "";
  const frames = error.stack.slice(at + error.message.length);
  return error.message === "" ? frames.replace(/^[^\n]*/, "") : frames;
}

function messageOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  return name === "SyntaxError" ? "…" : withoutValues(message);
}

function withoutValues(message: string): string {
  // Their messages quote the parsed text.
  return message.replace(/\bSyntaxError: [^\n]*/g, "SyntaxError: …").replace(FROM_FIRST_VALUE, "…");
}

// To the end of the message, because a value may contain quotes.
const FROM_FIRST_VALUE = /(?:(?<![\p{L}\p{N}])["'`“‘«]|\bparams: |\breceived\b|\bgot\b|=\().*/isu;

/** Limits log lines that anybody can trigger. */
export class LineLimit {
  #counts = new Map<string, number>();
  #minute = 0;

  /** Returns whether a line of this kind may still be written in this minute. */
  admits(kind: string, now = new Date()): boolean {
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = this.#counts.get(kind) ?? 0;
    if (count >= LINES_A_MINUTE || (count === 0 && this.#counts.size >= MOST_KINDS)) return false;
    this.#counts.set(kind, count + 1);
    return true;
  }
}

const LINES_A_MINUTE = 60;
const MOST_KINDS = 1000;
