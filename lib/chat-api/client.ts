import { setTimeout as wait } from "node:timers/promises";
import type { Budget, Priority } from "./budget";
import { EchoFilter } from "./echo-filter";
import { TOO_MANY_SIGNATURE_FAILURES } from "./error-codes";
import { ChatApiError } from "./errors";
import { type Fetch, type Post, post } from "./post";
import type { CallTrace } from "./trace";
import type { SigningKey } from "./user-sig";
import { UserSigCache } from "./user-sig";
import { parseAnswer, WIRE } from "./wire";

export type ChatClientOptions = SigningKey & {
  /** https origins: the main one first, then the backups for when it cannot be reached. */
  readonly origins: readonly string[];
  readonly budget: Budget;
  /** Default: Node's own, which keeps connections alive. */
  readonly fetch?: Fetch;
  /** Wall clock in milliseconds. */
  readonly now?: () => number;
  /** In [0, 1), as Math.random. */
  readonly random?: () => number;
  /** Milliseconds for one attempt, its body included. The vendor itself gives up after 3,000. */
  readonly attemptTimeout?: number;
  /** Milliseconds for all attempts of a call and the pauses between them. */
  readonly totalTimeout?: number;
  /** Milliseconds of the first pause; the next is four times as long. */
  readonly firstPause?: number;
  /** Bytes of the largest answer that is read. */
  readonly maxBodyBytes?: number;
};

export type CallOptions = {
  readonly priority: Priority;
  readonly signal?: AbortSignal;
  /** Watches the call, for a person who looks for a fault. */
  readonly trace?: CallTrace;
};

/** What an attempt is made with, and what it leaves behind when it fails, too. */
type Attempt = {
  readonly command: string;
  readonly body: object;
  readonly userSig: string;
  readonly origin: string;
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  answer: string | null;
};

const MAX_RETRIES = 2;
const SIGNATURE_HOLD = 60_000;

/** Calls one app: signs, waits for the budget, posts, retries what may be repeated, checks the envelope. */
export class ChatClient {
  readonly #options: Required<ChatClientOptions>;
  readonly #userSigs: UserSigCache;
  #echoes: EchoFilter | undefined;
  #originIndex = 0;
  #refusal: { readonly error: ChatApiError; readonly until: number } | undefined;

  constructor(options: ChatClientOptions) {
    this.#options = {
      fetch: globalThis.fetch,
      now: Date.now,
      random: Math.random,
      attemptTimeout: 5000,
      totalTimeout: 8000,
      firstPause: 250,
      // 200 rows with every field at its limit are 1.6 MB; the vendor's own cap is 1 MB.
      maxBodyBytes: 4 * 1024 * 1024,
      ...options,
    };
    this.#userSigs = new UserSigCache(options, this.#options.now);
  }

  /**
   * Makes one read and gives its answer once the envelope says it succeeded.
   *
   * @param command the path behind `/v4/`, such as `im_open_login_svc/account_check`
   * @throws ChatApiError, or the signal's reason when aborted
   */
  async call(command: string, body: object, options: CallOptions): Promise<unknown> {
    const { priority, signal, trace } = options;
    const { sdkAppId, budget, totalTimeout, firstPause, random } = this.#options;
    trace?.begin({ origin: this.#origin(), path: `/v4/${command}`, sdkAppId, body });
    let resigned = false;
    let deadline = Number.POSITIVE_INFINITY;
    for (let retries = 0; ; retries++) {
      this.#throwIfRefused();
      const asked = performance.now();
      const answered = await budget.acquire(priority, signal);
      const waited = performance.now() - asked;
      if (deadline === Number.POSITIVE_INFINITY) deadline = performance.now() + totalTimeout;
      const userSig = this.#userSigs.current();
      const origin = this.#origin();
      const attempt = { command, body, userSig, origin, deadline, signal, answer: null };
      try {
        return await this.#traced(attempt, waited, trace).finally(answered);
      } catch (error) {
        if (!(error instanceof ChatApiError)) throw error;
        this.#learn(error);
        if (error.signatureRefused && !resigned) {
          resigned = true;
          this.#userSigs.drop(userSig);
          continue;
        }
        const pause = firstPause * 4 ** retries * (0.5 + random());
        const late = performance.now() + pause >= deadline;
        if (!error.retryable || retries === MAX_RETRIES || late) throw error;
        await wait(pause, undefined, { signal });
      }
    }
  }

  async #traced(attempt: Attempt, waited: number, trace: CallTrace | undefined): Promise<unknown> {
    if (!trace) return this.#attempt(attempt);
    const started = performance.now();
    const startedAt = new Date(this.#options.now());
    const note = (error: ChatApiError | null) => {
      const duration = performance.now() - started;
      trace.add({ origin: attempt.origin, startedAt, waited, duration, error }, attempt.answer);
    };
    try {
      const answer = await this.#attempt(attempt);
      note(null);
      return answer;
    } catch (error) {
      if (error instanceof ChatApiError) note(error);
      throw error;
    }
  }

  async #attempt(attempt: Attempt): Promise<unknown> {
    const { body, userSig, deadline, signal } = attempt;
    const echoes = this.#echoFilter(userSig);
    const { text, value } = await post(this.#options.fetch, {
      url: this.#address(attempt),
      clean: (answer) => echoes.clean(answer),
      body,
      timeout: Math.min(this.#options.attemptTimeout, deadline - performance.now()),
      maxBodyBytes: this.#options.maxBodyBytes,
      signal,
    } satisfies Post);
    attempt.answer = text;
    const envelope = parseAnswer(WIRE.envelope, value);
    if (envelope.ErrorCode !== 0 || envelope.ActionStatus !== "OK") {
      throw new ChatApiError({
        kind: "rejected",
        code: envelope.ErrorCode,
        info: envelope.ErrorInfo ?? "",
      });
    }
    return envelope;
  }

  #echoFilter(userSig: string): EchoFilter {
    if (this.#echoes?.userSig !== userSig) {
      this.#echoes = new EchoFilter({ userSig, adminId: this.#options.adminId });
    }
    return this.#echoes;
  }

  /** The origins are never none: a region has two, a base address is one. */
  #origin(): string {
    const { origins } = this.#options;
    return origins[this.#originIndex % origins.length] ?? "";
  }

  #address({ command, userSig, origin }: Attempt): URL {
    const { sdkAppId, adminId, random } = this.#options;
    const url = new URL(`/v4/${command}`, origin);
    url.search = new URLSearchParams({
      sdkappid: String(sdkAppId),
      identifier: adminId,
      usersig: userSig,
      random: String(Math.floor(random() * 2 ** 32)),
      contenttype: "json",
    }).toString();
    return url;
  }

  /** After too many refused signatures each further one prolongs the block, for every program of the app. */
  #throwIfRefused(): void {
    if (this.#refusal && performance.now() < this.#refusal.until) throw this.#refusal.error;
  }

  #learn(error: ChatApiError): void {
    if (error.kind === "network") this.#originIndex += 1;
    if (error.code === TOO_MANY_SIGNATURE_FAILURES) {
      this.#refusal = { error, until: performance.now() + SIGNATURE_HOLD };
    }
  }
}
