import { type App, checkParameters, Gate, gateOf } from "./access";
import type { CallbackTarget } from "./callbacks";
import { type Answer, accountCheck, type Command, channelInfo, subscribedList } from "./commands";
import type { Delivery } from "./faults";
import { isJsonObject, parseJson, Refusal } from "./refusal";

const COMMANDS = new Map<string, Command>([
  ["/v4/official_account_open_http_svc/get_subscribed_official_account_list", subscribedList],
  ["/v4/official_account_open_http_svc/get_official_account_info", channelInfo],
  ["/v4/im_open_login_svc/account_check", accountCheck],
]);

/** Settings that can be changed while the emulator runs. */
export interface Settings {
  /** Milliseconds before each API response. */
  readonly delayMs: number;
  /** Calls an app may make in any one second. */
  readonly callsPerSecond: number;
  /** Largest page in rows, even if Limit is larger. */
  readonly maxRows: number;
  /** Milliseconds that fault-slow waits in addition. */
  readonly slowMs: number;
  /** Seconds by which the channels' clock is ahead. Signatures and rates use the real time. */
  readonly clockOffsetSeconds: number;
}

export const DEFAULT_SETTINGS: Settings = {
  delayMs: 0,
  callsPerSecond: 200,
  maxRows: 200,
  slowMs: 3000,
  clockOffsetSeconds: 0,
};

/** One API call. Of the URL, only the command and the app are recorded. */
export interface Call {
  /** Milliseconds on a monotonic clock. */
  readonly at: number;
  readonly command: string;
  readonly appId: number | null;
  /** The parsed body; null if it was not JSON. */
  readonly body: unknown;
  /** The error code of the response; null if no readable response was sent. */
  readonly errorCode: number | null;
}

const MOST_CALLS = 20_000;

/** Records a call and drops the oldest one above the limit. */
export function recordCall(calls: Call[], call: Call): void {
  calls.push(call);
  if (calls.length > MOST_CALLS) calls.shift();
}

/** The API without its transport. Replies to every request and records it. */
export class Api {
  readonly calls: Call[] = [];
  readonly #gates: ReadonlyMap<number, Gate>;
  readonly #callCounts = new Map<string, number>();
  callbackTarget: CallbackTarget | null = null;
  settings: Settings = DEFAULT_SETTINGS;

  /** `clock` returns milliseconds since 1970. */
  constructor(
    apps: readonly App[],
    readonly clock: () => number,
  ) {
    this.#gates = new Map(apps.map((app) => [app.sdkAppId, new Gate(app)]));
  }

  get sdkAppIds(): readonly number[] {
    return [...this.#gates.keys()];
  }

  set(changes: Partial<Settings>): void {
    this.settings = { ...this.settings, ...changes };
  }

  /** Returns the text of the answer to a request, and how to send it. */
  reply(url: URL, text: string): { readonly text: string; readonly delivery?: Delivery } {
    const at = performance.now();
    const body = parseJson(text);
    const outcome = this.#outcome(url, body);
    const errorCode = outcome instanceof Refusal ? outcome.code : 0;
    const delivery = outcome instanceof Refusal ? undefined : outcome.delivery;
    const readable = delivery === undefined || delivery === "slow";
    const sdkAppId = Number(url.searchParams.get("sdkappid"));
    recordCall(this.calls, {
      at,
      command: url.pathname.slice(url.pathname.lastIndexOf("/") + 1),
      appId: this.#gates.has(sdkAppId) ? sdkAppId : null,
      body: body ?? null,
      errorCode: readable ? errorCode : null,
    });
    return { text: JSON.stringify(envelope(outcome)), ...(delivery && { delivery }) };
  }

  #outcome(url: URL, body: unknown): Answer | Refusal {
    try {
      return this.#run(url, body);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  #run(url: URL, body: unknown): Answer {
    const command = COMMANDS.get(url.pathname);
    if (command === undefined) throw new Refusal(60009);
    const now = this.clock();
    const gate = gateOf(url.searchParams, this.#gates);
    gate.admit(now, this.settings.callsPerSecond);
    checkParameters(url.searchParams, gate, now);
    if (!isJsonObject(body)) throw new Refusal(60003);
    return command(body, {
      now: Math.floor(now / 1000) + this.settings.clockOffsetSeconds,
      origin: url.origin,
      maxRows: this.settings.maxRows,
      nextCall: (subscriberId) => this.#nextCall(`${gate.app.sdkAppId} ${subscriberId}`),
    });
  }

  #nextCall(key: string): number {
    const call = (this.#callCounts.get(key) ?? 0) + 1;
    this.#callCounts.set(key, call);
    return call;
  }
}

function envelope(outcome: Answer | Refusal) {
  if (outcome instanceof Refusal) {
    return { ActionStatus: "FAIL", ErrorInfo: outcome.message, ErrorCode: outcome.code };
  }
  const body = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...outcome.fields };
  return outcome.finish?.(body) ?? body;
}
