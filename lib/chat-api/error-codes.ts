/** Who can change what made the call fail. */
export type Fixer = "asker" | "administrator" | "developer" | "vendor";

/** `later` the same call may succeed · `resigned` once, with a new signature · `never` not by itself. */
export type Retry = "later" | "resigned" | "never";

/** What to do, each in one sentence. */
export const ADVICE = {
  retry: "Try again in a moment.",
  wait: "Wait a moment, then try again; look for other programs that call this app.",
  waitMinute: "Stop for one minute, then fix the credentials before the next attempt.",
  checkId: "Check the id for a slip: ids are case-sensitive.",
  checkRequest: "Check what was asked for; the vendor’s text says which part it refused.",
  readInfo: "Read the vendor’s text: it says which right is missing.",
  fixCredentials: "Check the app id, the administrator id and the secret key in the configuration.",
  fixKey: "Enter the secret key that the console shows for this very app.",
  fixAdmin: "Use an account that the console lists as an administrator of the app.",
  fixApp: "Check the app id and its data region in the configuration.",
  fixAddress: "Check the base address in the configuration.",
  fixClock: "Check the clock of the server.",
  allowAddress: "Add this server’s public address to the allow-list in the console.",
  enableService:
    "Enable official channels for this app in the console; a trial allows five channels.",
  renewPlan: "Renew the app’s plan; it takes effect after about five minutes.",
  upgradePlan: "Upgrade the app’s plan.",
  askVendor: "Open a ticket with the vendor.",
  report: "Report it: the desk sent something it should not.",
} as const;

export type Advice = keyof typeof ADVICE;

export type CodeDescription = {
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

/** The vendor's error codes: the channel pages' own, and the common ones of 60000 to 79999. */
export const ERROR_CODES: { readonly [code: number]: CodeDescription } = {
  6017: row("The vendor found a request parameter invalid.", "asker", "checkRequest"),
  // Internal error on the profile pages, invalid parameter on the message pages: harmless to repeat for reads.
  10004: row("The vendor had an internal error.", "vendor", "retry", "later"),
  10018: row("The answer would be larger than the vendor allows.", "asker", "checkRequest"),
  20001: row("The vendor could not read the request.", "developer", "report"),
  20002: row(
    "The vendor refused the signature of this call.",
    "administrator",
    "fixCredentials",
    "resigned",
  ),
  20003: row("The user id is invalid or does not exist.", "asker", "checkId"),
  20004: row("The vendor had a network error.", "vendor", "retry", "later"),
  20005: row("The vendor had an internal error.", "vendor", "retry", "later"),
  60002: row("The vendor could not parse the HTTP request.", "administrator", "fixAddress"),
  60003: row("The vendor could not parse the request’s JSON.", "developer", "report"),
  60004: row(
    "The account or the signature in the address is wrong.",
    "administrator",
    "fixCredentials",
    "resigned",
  ),
  60005: row(
    "The account or the signature in the body is wrong.",
    "administrator",
    "fixCredentials",
    "resigned",
  ),
  60006: row("The app id is invalid.", "administrator", "fixApp"),
  60007: row("This call is made too often.", "vendor", "wait", "later"),
  60008: row(
    "The vendor’s service timed out, or the request was malformed.",
    "vendor",
    "retry",
    "later",
  ),
  60009: row("There is no such call at this address.", "administrator", "fixAddress"),
  60010: row(
    "The account that signs is not an administrator of the app.",
    "administrator",
    "fixAdmin",
  ),
  60011: row("All calls of this app together are too many.", "vendor", "wait", "later"),
  60012: row("The app id is missing from the address.", "administrator", "fixApp"),
  60013: row("The vendor could not read its own answer.", "vendor", "retry", "later"),
  60014: row("The vendor timed out while it looked up an account.", "vendor", "retry", "later"),
  60015: row("An account in the request has the wrong type.", "developer", "report"),
  60016: row("The app is disabled.", "administrator", "askVendor"),
  60017: row("The vendor forbids this request.", "administrator", "askVendor"),
  60018: row("There are too many requests.", "vendor", "wait", "later"),
  60019: row("There are too many requests.", "vendor", "wait", "later"),
  60020: row("The app’s paid plan has ended.", "administrator", "renewPlan"),
  60021: row("The address of this server is not allowed to call.", "administrator", "allowAddress"),
  70001: row("The signature has expired.", "administrator", "fixClock", "resigned"),
  70002: row("The signature is empty.", "administrator", "fixCredentials"),
  70003: row("The signature is malformed.", "administrator", "fixCredentials"),
  70005: row("The signature is malformed.", "administrator", "fixCredentials"),
  70009: row("The secret key does not belong to this app.", "administrator", "fixKey"),
  70013: row("The signature was made for another account.", "administrator", "fixAdmin"),
  70014: row("The signature was made for another app.", "administrator", "fixApp"),
  70016: row("The app has no key.", "administrator", "fixKey"),
  70020: row("The vendor does not know this app id.", "administrator", "fixApp"),
  70050: row("The signature check failed too often.", "administrator", "waitMinute"),
  70051: row("The account that signs is blocked.", "administrator", "fixAdmin"),
  70052: row("The signature is no longer valid.", "administrator", "fixClock", "resigned"),
  70107: row("The user id does not exist.", "asker", "checkId"),
  70114: row("The vendor blocks the account: too many sign-ins.", "administrator", "waitMinute"),
  70169: row("The vendor timed out internally.", "vendor", "retry", "later"),
  70202: row("The vendor timed out internally.", "vendor", "retry", "later"),
  70398: row("The free plan’s number of accounts is used up.", "administrator", "upgradePlan"),
  70402: row("A parameter is missing or wrong.", "developer", "report"),
  70403: row("The call needs an administrator of the app.", "administrator", "fixAdmin"),
  70500: row("The vendor had an internal error.", "vendor", "retry", "later"),
  130002: row("The vendor says that a right is missing.", "administrator", "readInfo"),
  130004: row("The channel does not exist, or was terminated.", "asker", "checkId"),
  130007: row("The channel id is malformed.", "asker", "checkId"),
  131000: row(
    "Official channels are not switched on for this app.",
    "administrator",
    "enableService",
  ),
};

/** What is known of a code, or null: show the number and the vendor's text then. */
export function describeCode(code: number): CodeDescription | null {
  return ERROR_CODES[code] ?? null;
}

/** The code after which the vendor refuses every signature for a minute. */
export const TOO_MANY_SIGNATURE_FAILURES = 70050;

/** The code for an answer that would be larger than the vendor allows: fewer rows may do. */
export const ANSWER_TOO_LARGE = 10018;
