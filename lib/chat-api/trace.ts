import type { ChatApiError, ChatApiErrorKind } from "./errors";
import { hideUnasked, shownOf } from "./trace-answer";
import { curlLine } from "./trace-curl";
import type { Field } from "./types";

/** One time that a call was made. It holds nothing of the address but the host. */
export type TracedAttempt = {
  readonly origin: string;
  readonly startedAt: Date;
  /** Milliseconds that it waited for the budget before. */
  readonly waited: number;
  /** Milliseconds from the request to the end of the answer, or to the failure. */
  readonly duration: number;
  /** Null when the vendor said yes. */
  readonly failure: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    readonly status: number | null;
    readonly info: string;
  } | null;
};

/** A call as it was made, with nothing in it that is secret. */
export type TracedCall = {
  readonly origin: string;
  readonly path: string;
  /** JSON as it was sent. */
  readonly body: string;
  readonly attempts: readonly TracedAttempt[];
  /** The JSON of the last attempt, with notes where the vendor sent what was not asked for; or null. */
  readonly answer: string | null;
  readonly curl: string;
};

type Beginning = {
  readonly origin: string;
  readonly path: string;
  readonly sdkAppId: number;
  readonly body: object;
};

type Attempt = Omit<TracedAttempt, "failure"> & { readonly error: ChatApiError | null };

/** Watches one call. Hand it to the call, and read it when that has ended, however it did. */
export class CallTrace {
  readonly #visible: readonly Field[];
  readonly #attempts: TracedAttempt[] = [];
  #beginning: Beginning | undefined;
  #answer: string | null = null;

  /** @param visible the fields whose values may be shown at all */
  constructor(visible: readonly Field[]) {
    this.#visible = visible;
  }

  /** For the client: what it is about to ask, and where. */
  begin(beginning: Beginning): void {
    this.#beginning = beginning;
  }

  /** For the client: an attempt that ended, and the JSON that it brought, already without secrets. */
  add({ error, ...attempt }: Attempt, answer: string | null): void {
    const failure = error && {
      kind: error.kind,
      code: error.code,
      status: error.status,
      info: error.info,
    };
    this.#attempts.push({ ...attempt, failure });
    this.#answer = answer;
  }

  /** The call, or null when none was begun. */
  get call(): TracedCall | null {
    if (!this.#beginning) return null;
    const { path, sdkAppId, body: sent } = this.#beginning;
    const origin = this.#attempts.at(-1)?.origin ?? this.#beginning.origin;
    const body = JSON.stringify(sent);
    return {
      origin,
      path,
      body,
      attempts: [...this.#attempts],
      answer: this.#answer && hideUnasked(this.#answer, shownOf(sent, this.#visible)),
      curl: curlLine({ origin, path, sdkAppId, body }),
    };
  }
}
