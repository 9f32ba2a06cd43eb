import { createHmac, timingSafeEqual } from "node:crypto";
import { inflateSync } from "node:zlib";
import { isJsonObject, type JsonObject, parseJson, Refusal } from "./refusal";

/** Returns the gate of the called app. Refuses unknown apps. */
export function gateOf(query: URLSearchParams, gates: ReadonlyMap<number, Gate>): Gate {
  const sdkAppId = query.get("sdkappid");
  if (sdkAppId === null || sdkAppId === "") throw new Refusal(60012);
  if (!/^\d+$/.test(sdkAppId)) throw new Refusal(60006);
  const gate = gates.get(Number(sdkAppId));
  if (gate === undefined) throw new Refusal(70020);
  return gate;
}

/** Checks the other URL parameters of a call; `now` in ms. */
export function checkParameters(query: URLSearchParams, gate: Gate, now: number): void {
  const random = query.get("random") ?? "";
  if (!/^\d{1,10}$/.test(random) || Number(random) > 0xffffffff) {
    throw new Refusal(60002, "random should be an unsigned 32-bit integer");
  }
  if (query.get("contenttype") !== "json") throw new Refusal(60002, "contenttype should be json");
  const identifier = query.get("identifier");
  if (identifier !== gate.app.adminId) throw new Refusal(60010);
  const userSig = query.get("usersig");
  if (userSig === null || userSig === "") throw new Refusal(70002);
  gate.verify(identifier, userSig, now);
}

/** Refuses a UserSig that is expired or was not signed with the key of `app` for `identifier`. */
function verifyUserSig(userSig: string, app: App, identifier: string, now: number): void {
  const ticket = unpack(userSig);
  const time = ticket["TLS.time"];
  const expire = ticket["TLS.expire"];
  if (ticket["TLS.ver"] !== "2.0" || !isSeconds(time) || !isSeconds(expire)) {
    throw new Refusal(70003);
  }
  if (ticket["TLS.sdkappid"] !== app.sdkAppId) throw new Refusal(70014);
  if (ticket["TLS.identifier"] !== identifier) throw new Refusal(70013);
  const content =
    `TLS.identifier:${identifier}\nTLS.sdkappid:${app.sdkAppId}\n` +
    `TLS.time:${time}\nTLS.expire:${expire}\n`;
  const expected = createHmac("sha256", app.secretKey).update(content).digest();
  const actual = Buffer.from(String(ticket["TLS.sig"]), "base64");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new Refusal(70009);
  }
  if (now > time + expire) throw new Refusal(70001);
}

function unpack(userSig: string): JsonObject {
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  const ticket = parseJson(inflated(Buffer.from(base64, "base64")));
  if (!isJsonObject(ticket)) throw new Refusal(70003);
  return ticket;
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed, { maxOutputLength: 4096 }).toString();
  } catch {
    throw new Refusal(70003);
  }
}

function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** Counts events in a sliding window; times are milliseconds of the caller's clock. */
class SlidingWindow {
  readonly #times: number[] = [];

  constructor(readonly lengthMs: number) {}

  count(now: number): number {
    while (this.#times[0] !== undefined && this.#times[0] <= now - this.lengthMs) {
      this.#times.shift();
    }
    return this.#times.length;
  }

  add(now: number): void {
    this.#times.push(now);
  }
}

/** An app: its ID, its administrator and its key. */
export interface App {
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: string;
}

/** Parses a non-empty JSON array of apps. Returns null for anything else. */
export function parseApps(text: string): App[] | null {
  const value = parseJson(text);
  return Array.isArray(value) && value.length > 0 && value.every(isApp) ? value : null;
}

function isApp(value: unknown): value is App {
  return (
    isJsonObject(value) &&
    Number.isSafeInteger(value.sdkAppId) &&
    Number(value.sdkAppId) > 0 &&
    isFilledText(value.adminId) &&
    isFilledText(value.secretKey)
  );
}

function isFilledText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

const FAILED_CHECKS_ALLOWED = 10;
const MINUTE = 60_000;

/** The access state of an app: its administrators, its call rate and recent wrong keys. */
export class Gate {
  readonly #accepted = new SlidingWindow(1000);
  readonly #failedChecks = new SlidingWindow(MINUTE);
  #lockedUntil = 0;

  constructor(readonly app: App) {}

  /** Refuses calls above the rate of the app. Refused calls do not count. Times in ms. */
  admit(now: number, callsPerSecond: number): void {
    if (this.#accepted.count(now) >= callsPerSecond) throw new Refusal(60011);
    this.#accepted.add(now);
  }

  /** Refuses callers who are not the administrator. */
  verify(identifier: string, userSig: string, now: number): void {
    if (now < this.#lockedUntil) throw new Refusal(70050);
    try {
      verifyUserSig(userSig, this.app, identifier, now / 1000);
    } catch (error) {
      // An expired signature is valid otherwise and counts as no failure.
      if (error instanceof Refusal && error.code !== 70001) this.#noteFailure(now);
      throw error;
    }
  }

  #noteFailure(now: number): void {
    this.#failedChecks.add(now);
    if (this.#failedChecks.count(now) >= FAILED_CHECKS_ALLOWED) this.#lockedUntil = now + MINUTE;
  }
}
