import { format } from "node:util";
import type { Secret } from "./secret";

export type LogDetails = {
  readonly level?: "info" | "warning" | "error";
  /** The id under which the request's answer, its audit and its other lines are known. */
  readonly requestId?: string | undefined;
} & Readonly<Record<string, string | number | boolean | Secret | undefined>>;

declare global {
  // Several bundles of one process write to the one log.
  var channelDeskSecrets: Set<string> | undefined;
}

// Shorter ones are ordinary words, and would make the log unreadable.
const SHORTEST_SECRET = 8;
const LONGEST_TEXT = 2000;

/** Never to be written to the log, in whatever text they turn up. */
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
 * Writes one line of JSON to the standard error, at level "error" if none is said. Never give it the
 * query of an address: that holds subscribers' ids.
 */
export function logLine(source: string, message: string, details: LogDetails = {}): void {
  const { level = "error", ...rest } = details;
  const line = { time: new Date().toISOString(), level, source, message, ...rest };
  process.stderr.write(`${JSON.stringify(line, (_, value) => clean(value))}\n`);
}

function clean(value: unknown): unknown {
  return typeof value === "string" ? withoutSecrets(value) : value;
}

/** The last defence: a secret that got into a text by mistake does not get into the log. */
function withoutSecrets(text: string): string {
  let cleaned = text;
  for (const secret of globalThis.channelDeskSecrets ?? []) {
    cleaned = cleaned.replaceAll(secret, "[secret]");
  }
  for (const pattern of SECRET_LOOKS) cleaned = cleaned.replace(pattern, "[secret]");
  // Whoever reads the log in a terminal must not be told by it what to do.
  return cleaned.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").slice(0, LONGEST_TEXT);
}

const SECRET_LOOKS = [
  // What the vendor takes for a password: deflated JSON, in base64 with other signs at the end of it.
  /\beJ[\w*+/=-]{30,}/g,
  // Tokens of sessions and of identity providers.
  /\beyJ[\w-]{8,}(\.[\w-]*){1,4}/g,
  // The hash of a password.
  /\$scrypt\$\S+/g,
  // A password in the address of a server.
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

/** Makes a text of what is given to `console.error`, as that does, but without the values of errors. */
export function describePrinted(parts: readonly unknown[]): string {
  return format(
    ...parts.map((part) => {
      if (part instanceof Error) return describeError(part);
      // It may have been made of an error.
      if (typeof part === "string") return withoutValues(part);
      return typeof part === "object" && part !== null ? "[object]" : part;
    }),
  );
}

// A chain of causes may be a circle.
const MOST_CAUSES = 8;

function innermost(error: unknown, depth = 0): unknown[] {
  if (depth === MOST_CAUSES || !(error instanceof Error)) return [error];
  if (error instanceof AggregateError) {
    return error.errors.slice(0, MOST_CAUSES).flatMap((one) => innermost(one, depth + 1));
  }
  const { cause } = error;
  return cause === undefined || cause === null ? [error] : innermost(cause, depth + 1);
}

/** The lines of a stack behind the message, which may itself look like such lines. */
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
  // Their messages repeat what could not be parsed, with or without quotation marks.
  return message.replace(/\bSyntaxError: [^\n]*/g, "SyntaxError: …").replace(FROM_FIRST_VALUE, "…");
}

// To the end of the message: a value may hold quotation marks of its own.
const FROM_FIRST_VALUE = /(?:(?<![\p{L}\p{N}])["'`“‘«]|\bparams: |\breceived\b|\bgot\b|=\().*/isu;

/** Counts lines that anybody can cause, so that a flood of them does not fill the log. */
export class LineLimit {
  #counts = new Map<string, number>();
  #minute = 0;

  /** Whether a line of this kind is still to be written in this minute. */
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
