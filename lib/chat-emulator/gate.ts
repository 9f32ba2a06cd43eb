import type { App } from "./app";
import { Refusal } from "./refusal";
import { verifyUserSig } from "./signature";
import { SlidingWindow } from "./sliding-window";

const FAILED_CHECKS_ALLOWED = 10;
const MINUTE = 60_000;

/** An app as seen from the door: who may enter, how often, and who tried a wrong key. */
export class Gate {
  readonly #accepted = new SlidingWindow(1000);
  readonly #failedChecks = new SlidingWindow(MINUTE);
  #lockedUntil = 0;

  constructor(readonly app: App) {}

  /** Refuses a call over the rate of the app; refused calls do not count. Times in ms. */
  admit(now: number, callsPerSecond: number): void {
    if (this.#accepted.count(now) >= callsPerSecond) throw new Refusal(60011);
    this.#accepted.add(now);
  }

  /** Refuses a caller who cannot prove to be the administrator. */
  verify(identifier: string, userSig: string, now: number): void {
    if (now < this.#lockedUntil) throw new Refusal(70050);
    try {
      verifyUserSig(userSig, this.app, identifier, now / 1000);
    } catch (error) {
      // An expired signature did pass its check, it is only old.
      if (error instanceof Refusal && error.code !== 70001) this.#noteFailure(now);
      throw error;
    }
  }

  #noteFailure(now: number): void {
    this.#failedChecks.add(now);
    if (this.#failedChecks.count(now) >= FAILED_CHECKS_ALLOWED) this.#lockedUntil = now + MINUTE;
  }
}
