import "server-only";
import type { RequestFacts } from "@/lib/http/request";
import type { Actor, AuditAction, AuditEvent, AuditOutcome } from "./event";
import { recordAudit } from "./record";

/** What a request was about, as far as it is known. */
export type Details = Pick<
  AuditEvent,
  "app" | "subscriberId" | "target" | "fields" | "reason" | "rows"
>;

/** How it ended. */
export type Ending = Partial<Details> & {
  readonly outcome: AuditOutcome;
  readonly code?: string | null;
};

const NOTHING: Details = {
  ...{ app: null, subscriberId: null, target: null },
  ...{ fields: null, reason: null, rows: null },
};

/**
 * What is written of one request: one row with how it ended, and before that a first one where the
 * answer goes out in pieces. Its methods throw an AuditError when a row cannot be written; then nothing
 * may be delivered.
 */
export class AuditTrail {
  readonly #started = Date.now();
  #details = NOTHING;
  #hasBegun = false;
  #hasEnded = false;

  constructor(
    private readonly action: AuditAction,
    private readonly request: Pick<RequestFacts, "requestId" | "address">,
    private readonly actor: Actor | null,
  ) {}

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** What the request is about, as far as it is known by now. */
  get details(): Details {
    return this.#details;
  }

  /** Adds to what the request was about. */
  note(details: Partial<Details>): void {
    this.#details = { ...this.#details, ...details };
  }

  /** Writes that an answer in pieces begins: to be awaited before its first piece. */
  async begin(details: Partial<Details> = {}): Promise<void> {
    this.note(details);
    this.#hasBegun = true;
    await this.#write("started", null, null);
  }

  /** Writes how it ended, to be awaited before the last piece goes out. Only the first ending counts. */
  async end({ outcome, code = null, ...details }: Ending): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.note(details);
    await this.#write(outcome, code, Date.now() - this.#started);
  }

  #write(outcome: AuditOutcome, code: string | null, durationMs: number | null): Promise<void> {
    const { requestId, address } = this.request;
    const about = { requestId, address, actor: this.actor, action: this.action };
    return recordAudit({ at: new Date(), ...about, ...this.#details, outcome, code, durationMs });
  }
}
