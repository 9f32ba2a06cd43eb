import { logLine } from "@/lib/log";

const MINUTE_MS = 60_000;
const LINES_OF_AN_ADDRESS = 60;
const ADDRESSES = 1000;

type Refusal = { readonly address: string; readonly requestId: string; readonly reason: string };

/**
 * Writes refused callbacks to the log, so many of an address in a minute and of so many addresses. It is
 * kept in memory, since a refusal must not wait for the store, nor be work for it.
 */
export class RefusalLog {
  #counts = new Map<string, number>();
  #minute = 0;

  add({ address, requestId, reason }: Refusal, now: Date): void {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = this.#counts.get(address) ?? 0;
    if (count >= LINES_OF_AN_ADDRESS || (count === 0 && this.#counts.size >= ADDRESSES)) return;
    this.#counts.set(address, count + 1);
    logLine("callbacks", `refused: ${reason}`, { level: "warning", requestId, address });
  }
}
