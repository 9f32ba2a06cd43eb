/**
 * How a call failed:
 * `network` no connection, or it broke · `timeout` no whole answer in time · `http` a status other than
 * 200 · `malformed` an answer that cannot be trusted · `rejected` the vendor said no, with a `code`.
 */
export type ChatApiErrorKind = "network" | "timeout" | "http" | "malformed" | "rejected";

type Details = {
  readonly kind: ChatApiErrorKind;
  /** What happened, in English and without secrets; for `rejected` the API's ErrorInfo. */
  readonly info: string;
  readonly code?: number;
  readonly status?: number;
  /** Milliseconds to wait before the next attempt, where the server says so. */
  readonly retryAfter?: number;
  /** The connection ended before any answer, as a kept-alive one may. */
  readonly isDropped?: boolean;
};

/** Request timeout and too many requests. */
const PASSING_STATUSES = [408, 429];

/** Characters kept of the API's message, which may be megabytes long. */
const MAX_INFO = 500;

const MARK = Symbol.for("channel-desk.ChatApiError");

/** The only error of this library. It never contains a URL, a signature or a key. */
export class ChatApiError extends Error {
  // Each bundle has its own class, but must recognise errors of the others.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && MARK in value;
  }

  readonly [MARK] = true;
  readonly kind: ChatApiErrorKind;
  readonly info: string;
  readonly code: number | null;
  readonly status: number | null;
  readonly retryAfter: number;
  readonly isDropped: boolean;

  constructor({ kind, info, code, status, retryAfter = 0, isDropped = false }: Details) {
    const short = info.slice(0, MAX_INFO);
    super(code === undefined ? `${kind}: ${short}` : `${kind} with ${code}: ${short}`);
    this.name = "ChatApiError";
    this.kind = kind;
    this.info = short;
    this.code = code ?? null;
    this.status = status ?? null;
    this.retryAfter = retryAfter;
    this.isDropped = isDropped;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    if (this.kind === "network" || this.kind === "timeout") return true;
    if (this.kind === "http") {
      const status = this.status ?? 0;
      return status >= 500 || PASSING_STATUSES.includes(status);
    }
    return this.code !== null && describeCode(this.code)?.retry === "later";
  }

  /** Whether a new signature may help, once. */
  get signatureRefused(): boolean {
    return this.code !== null && describeCode(this.code)?.retry === "resigned";
  }
}

type Fixer = "asker" | "administrator" | "developer" | "vendor";

/** The same call may succeed later, or once with a new signature, or never by itself. */
export type Retry = "later" | "resigned" | "never";

/** What to do, in one sentence. */
export const ADVICE = {
  retry: "Try again in a moment.",
  wait: "Wait a moment, then try again. Check whether other programs call this app’s API.",
  waitMinute: "Wait one minute, and correct the credentials before you try again.",
  checkId: "Check the ID for typos. IDs are case-sensitive.",
  checkRequest: "Check the request. The message from Tencent Cloud names the rejected part.",
  readInfo: "See the message from Tencent Cloud for the missing permission.",
  fixCredentials: "Check the app ID, the administrator ID and the secret key in the configuration.",
  fixKey: "Use the secret key that the console shows for this app.",
  fixAdmin: "Use an account that the console lists as an administrator of the app.",
  fixApp: "Check the app ID and its data region in the configuration.",
  fixAddress: "Check the API base URL in the configuration.",
  fixClock: "Check the server’s clock.",
  allowAddress: "Add this server’s public IP address to the allowlist in the console.",
  enableService:
    "Enable official channels for this app in the console. A trial allows five channels.",
  renewPlan: "Renew the app’s plan. The change takes about five minutes.",
  upgradePlan: "Upgrade the app’s plan.",
  askVendor: "Contact Tencent Cloud support.",
  report: "Please report this. Channel Desk sent an invalid request.",
} as const;

type Advice = keyof typeof ADVICE;

type CodeDescription = {
  readonly meaning: string;
  readonly fixer: Fixer;
  readonly advice: Advice;
  readonly retry: Retry;
};

const row = (meaning: string, fixer: Fixer, advice: Advice, retry: Retry = "never") => ({
  meaning,
  fixer,
  advice,
  retry,
});

/** The API's error codes: those of channels, and the common ones of 60000 to 79999. */
export const ERROR_CODES: { readonly [code: number]: CodeDescription } = {
  6017: row("A request parameter is invalid.", "asker", "checkRequest"),
  // Internal error on the profile pages, invalid parameter on the message pages: harmless to repeat for reads.
  10004: row("Tencent Cloud had an internal error.", "vendor", "retry", "later"),
  10018: row("The response is larger than Tencent Cloud allows.", "asker", "checkRequest"),
  20001: row("Tencent Cloud could not read the request.", "developer", "report"),
  20002: row("The request signature was rejected.", "administrator", "fixCredentials", "resigned"),
  20003: row("The user ID is invalid or does not exist.", "asker", "checkId"),
  20004: row("Tencent Cloud had a network error.", "vendor", "retry", "later"),
  20005: row("Tencent Cloud had an internal error.", "vendor", "retry", "later"),
  60002: row("Tencent Cloud could not parse the HTTP request.", "administrator", "fixAddress"),
  60003: row("Tencent Cloud could not parse the request’s JSON.", "developer", "report"),
  60004: row(
    "The account or signature in the request URL is incorrect.",
    "administrator",
    "fixCredentials",
    "resigned",
  ),
  60005: row(
    "The account or signature in the request body is incorrect.",
    "administrator",
    "fixCredentials",
    "resigned",
  ),
  60006: row("The app ID is invalid.", "administrator", "fixApp"),
  60007: row("This API is called too often.", "vendor", "wait", "later"),
  60008: row("Tencent Cloud timed out, or the request was malformed.", "vendor", "retry", "later"),
  60009: row("The requested API does not exist.", "administrator", "fixAddress"),
  60010: row(
    "The signing account is not an administrator of the app.",
    "administrator",
    "fixAdmin",
  ),
  60011: row("The app has exceeded its total request limit.", "vendor", "wait", "later"),
  60012: row("The app ID is missing from the request URL.", "administrator", "fixApp"),
  60013: row("Tencent Cloud had an internal response error.", "vendor", "retry", "later"),
  60014: row("Tencent Cloud timed out while it looked up an account.", "vendor", "retry", "later"),
  60015: row("An account in the request has the wrong type.", "developer", "report"),
  60016: row("The app is disabled.", "administrator", "askVendor"),
  60017: row("Tencent Cloud forbids this request.", "administrator", "askVendor"),
  60018: row("Too many requests.", "vendor", "wait", "later"),
  60019: row("Too many requests.", "vendor", "wait", "later"),
  60020: row("The app’s paid plan has expired.", "administrator", "renewPlan"),
  60021: row(
    "This server’s IP address is not allowed to call the API.",
    "administrator",
    "allowAddress",
  ),
  70001: row("The signature has expired.", "administrator", "fixClock", "resigned"),
  70002: row("The signature is empty.", "administrator", "fixCredentials"),
  70003: row("The signature is malformed.", "administrator", "fixCredentials"),
  70005: row("The signature is malformed.", "administrator", "fixCredentials"),
  70009: row("The secret key does not belong to this app.", "administrator", "fixKey"),
  70013: row("The signature was made for another account.", "administrator", "fixAdmin"),
  70014: row("The signature was made for another app.", "administrator", "fixApp"),
  70016: row("The app has no key.", "administrator", "fixKey"),
  70020: row("Tencent Cloud does not recognize this app ID.", "administrator", "fixApp"),
  70050: row("The signature check failed too often.", "administrator", "waitMinute"),
  70051: row("The signing account is blocked.", "administrator", "fixAdmin"),
  70052: row("The signature is no longer valid.", "administrator", "fixClock", "resigned"),
  70107: row("The user ID does not exist.", "asker", "checkId"),
  70114: row(
    "Tencent Cloud blocked the account after too many sign-ins.",
    "administrator",
    "waitMinute",
  ),
  70169: row("Tencent Cloud had an internal timeout.", "vendor", "retry", "later"),
  70202: row("Tencent Cloud had an internal timeout.", "vendor", "retry", "later"),
  70398: row("The free plan’s account limit has been reached.", "administrator", "upgradePlan"),
  70402: row("A parameter is missing or invalid.", "developer", "report"),
  70403: row("This API requires an administrator of the app.", "administrator", "fixAdmin"),
  70500: row("Tencent Cloud had an internal error.", "vendor", "retry", "later"),
  130002: row("Tencent Cloud denied permission.", "administrator", "readInfo"),
  130004: row("The channel does not exist or was deleted.", "asker", "checkId"),
  130007: row("The channel ID is malformed.", "asker", "checkId"),
  131000: row("Official channels are not enabled for this app.", "administrator", "enableService"),
};

/** Returns what is known about a code, or null: then show the number and the API's message. */
export function describeCode(code: number): CodeDescription | null {
  return ERROR_CODES[code] ?? null;
}

/** After this code the API refuses every signature for a minute. */
export const TOO_MANY_SIGNATURE_FAILURES = 70050;

/** The answer would be larger than the API allows. Fewer rows may succeed. */
export const ANSWER_TOO_LARGE = 10018;
