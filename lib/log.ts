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
