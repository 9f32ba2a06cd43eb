import "server-only";
import type { RequestFacts } from "@/lib/http/request";
import type { Actor, AuditAction, AuditEvent, AuditOutcome } from "./event";
import { recordAudit } from "./record";

/** What a request was about, as far as known. */
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
 * Records one request: one row with its end, and for a streamed answer a first row before it. Its
 * methods throw an AuditError if a row cannot be written; then nothing may be delivered.
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

  /** Returns what the request is about so far. */
  get details(): Details {
    return this.#details;
  }

  /** Adds to what the request was about. */
  note(details: Partial<Details>): void {
    this.#details = { ...this.#details, ...details };
  }

  /** Records the start of a streamed answer. Await it before the first piece. */
  async begin(details: Partial<Details> = {}): Promise<void> {
    this.note(details);
    this.#hasBegun = true;
    await this.#write("started", null, null);
  }

  /** Records the end. Await it before the last piece. Only the first call counts. */
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
