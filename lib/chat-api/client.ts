import { setTimeout as wait } from "node:timers/promises";
import type { Budget, Priority } from "./budget";
import { EchoFilter } from "./echo-filter";
import { ChatApiError, TOO_MANY_SIGNATURE_FAILURES } from "./errors";
import { Hosts, isHostFailure } from "./hosts";
import { type Fetch, type Post, post } from "./post";
import type { CallTrace } from "./trace";
import type { SigningKey } from "./user-sig";
import { UserSigCache } from "./user-sig";
import { parseAnswer, WIRE } from "./wire";

export type ChatClientOptions = SigningKey & {
  /** At least one https origin: the main one, then the backups. */
  readonly origins: readonly string[];
  readonly budget: Budget;
  /** Default: Node's fetch, which keeps connections alive. */
  readonly fetch?: Fetch;
  /** Wall clock in milliseconds. */
  readonly now?: () => number;
  /** In [0, 1), as Math.random. */
  readonly random?: () => number;
  /** Milliseconds per attempt, including the body. The API itself gives up after 3,000. */
  readonly attemptTimeout?: number;
  /** Milliseconds for all attempts of a call and their pauses. */
  readonly totalTimeout?: number;
  /** Milliseconds of the first pause; the next is four times as long. */
  readonly firstPause?: number;
  /** Milliseconds between two probes of the main host while a backup is used. */
  readonly probePause?: number;
  /** Bytes of the largest answer that is read. */
  readonly maxBodyBytes?: number;
};

export type CallOptions = {
  readonly priority: Priority;
  /** The person for whom the call is made: people take turns. */
  readonly person?: string | undefined;
  readonly signal?: AbortSignal;
  /** Records the call for diagnosis. */
  readonly trace?: CallTrace;
};

/** The state of one attempt, also after a failure. */
type Attempt = {
  readonly command: string;
  readonly body: object;
  readonly userSig: string;
  readonly origin: string;
  readonly isFresh: boolean;
  /** Deadline in milliseconds for the whole answer. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  answer: string | null;
};

const MAX_RETRIES = 2;
const SIGNATURE_HOLD = 60_000;

/** Calls one app: signs, waits for the budget, posts, retries, and checks the envelope. */
export class ChatClient {
  readonly #options: Required<ChatClientOptions>;
  readonly #hosts: Hosts;
  readonly #userSigs: UserSigCache;
  #echoes: EchoFilter | undefined;
  #refusal: { readonly error: ChatApiError; readonly until: number } | undefined;

  constructor(options: ChatClientOptions) {
    this.#options = {
      fetch: globalThis.fetch,
      now: Date.now,
      random: Math.random,
      attemptTimeout: 5000,
      totalTimeout: 8000,
      firstPause: 250,
      probePause: 60_000,
      // 200 rows with every field at its limit are 1.6 MB; the vendor's own cap is 1 MB.
      maxBodyBytes: 4 * 1024 * 1024,
      ...options,
    };
    this.#hosts = new Hosts(options.origins, this.#options.probePause);
    this.#userSigs = new UserSigCache(options, this.#options.now);
  }

  /**
   * Makes one read and gives its answer once the envelope says it succeeded.
   *
   * @param command the path behind `/v4/`, such as `im_open_login_svc/account_check`
   * @throws ChatApiError, or the signal's reason when aborted
   */
  async call(command: string, body: object, options: CallOptions): Promise<unknown> {
    const { priority, person, signal, trace } = options;
    const { sdkAppId, budget, attemptTimeout, totalTimeout } = this.#options;
    const failedHosts = new Set<string>();
    trace?.begin({ origin: this.#hosts.next(failedHosts), path: `/v4/${command}`, sdkAppId, body });
    let isResigned = false;
    let isFresh = false;
    let retries = 0;
    let deadline = Number.POSITIVE_INFINITY;
    for (;;) {
      this.#throwIfRefused();
      const asked = performance.now();
      const answered = await budget.acquire(priority, signal, person);
      const waited = performance.now() - asked;
      if (deadline === Number.POSITIVE_INFINITY) deadline = performance.now() + totalTimeout;
      const userSig = this.#userSigs.current();
      const origin = this.#hosts.next(failedHosts);
      const timeout = Math.min(attemptTimeout, deadline - performance.now());
      const attempt = { command, body, userSig, origin, isFresh, timeout, signal, answer: null };
      try {
        const answer = await this.#traced(attempt, waited, trace).finally(answered);
        this.#hosts.answered(origin);
        void this.#probe(command, body);
        return answer;
      } catch (error) {
        if (!(error instanceof ChatApiError)) throw error;
        // The server closed a kept-alive connection: not a failure of the host.
        if (error.isDropped && !isFresh) {
          isFresh = true;
          continue;
        }
        this.#learn(error, attempt);
        if (isHostFailure(error)) failedHosts.add(origin);
        if (error.signatureRefused && !isResigned) {
          isResigned = true;
          this.#userSigs.drop(userSig);
          continue;
        }
        const pause = this.#pause(error, retries);
        const isLate = performance.now() + pause >= deadline;
        if (!error.retryable || retries === MAX_RETRIES || isLate) throw error;
        await wait(pause, undefined, { signal });
        retries += 1;
      }
    }
  }

  /** Returns the milliseconds to wait after a failure, at least what the server asks for. */
  #pause({ retryAfter }: ChatApiError, retries: number): number {
    const { firstPause, random } = this.#options;
    return Math.max(retryAfter, firstPause * 4 ** retries * (0.5 + random()));
  }

  /** Repeats a read at the main host when a probe is due, with the lowest priority. */
  async #probe(command: string, body: object): Promise<void> {
    const origin = this.#hosts.takeProbe();
    if (origin === null) return;
    const { budget, attemptTimeout: timeout } = this.#options;
    const answered = await budget.acquire("background");
    const userSig = this.#userSigs.current();
    const attempt = { command, body, userSig, origin, isFresh: true, timeout, answer: null };
    try {
      await this.#attempt({ ...attempt, signal: undefined }).finally(answered);
      this.#hosts.answered(origin);
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      this.#learn(error, attempt);
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
    const { body, userSig, isFresh, timeout, signal } = attempt;
    const echoes = this.#echoFilter(userSig);
    const { text, value } = await post(this.#options.fetch, {
      url: this.#address(attempt),
      clean: (answer) => echoes.clean(answer),
      body,
      isFresh,
      timeout,
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

  /** After too many refused signatures each further one prolongs the block of the app. */
  #throwIfRefused(): void {
    if (this.#refusal && performance.now() < this.#refusal.until) throw this.#refusal.error;
  }

  #learn(error: ChatApiError, { origin, timeout }: Pick<Attempt, "origin" | "timeout">): void {
    if (error.kind === "rejected") this.#hosts.answered(origin);
    // The call's remaining time was short, which says nothing about the host.
    const isShort = error.kind === "timeout" && timeout < this.#options.attemptTimeout;
    if (isHostFailure(error) && !isShort) this.#hosts.failed(origin);
    if (error.code === TOO_MANY_SIGNATURE_FAILURES) {
      this.#refusal = { error, until: performance.now() + SIGNATURE_HOLD };
    }
  }
}
