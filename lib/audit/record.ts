import { database } from "@/lib/db/database";
import type { RequestFacts } from "@/lib/http/request";
import { logLine, reasonOf } from "@/lib/log";
import { HOUR_MS } from "@/lib/time";
import { appendEvents, type ChainHead, tryAppend } from "./chain";
import type { Actor, AuditAction, AuditEvent, AuditOutcome } from "./event";

/** The audit log cannot be written, so nothing may be read. The message is for the log. */
export class AuditError extends Error {
  override readonly name = "AuditError";
}

type Waiting = {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
};

type Writer = {
  waiting: Waiting[];
  isWriting: boolean;
  /** The failure of the last write, until one succeeds. */
  fault: { readonly reason: unknown } | null;
  trial: Promise<boolean> | null;
  head: ChainHead | null;
};

declare global {
  // Several bundles of one process share one queue, as they share the database.
  var channelDeskAudit: Writer | undefined;
}

// Rows of one transaction.
const LARGEST_BATCH = 50;

/**
 * Writes one event and resolves after the commit. Events that arrive during a write go together
 * into the next transaction. Throws an AuditError if it cannot be written.
 */
export async function recordAudit(event: AuditEvent): Promise<void> {
  const shared = writer();
  const committed = new Promise<void>((resolve, reject) => {
    shared.waiting.push({ event, resolve, reject });
  });
  if (!shared.isWriting) writeWaiting(shared);
  // Created here, because each bundle has its own AuditError class.
  await committed.catch(refuse);
}

/**
 * Throws an AuditError if the last write failed and another try fails too: without a record nothing
 * may be read. Free while writes succeed.
 */
export async function requireWritableAudit(): Promise<void> {
  if (!(await auditIsWritable())) refuse(writer().fault?.reason);
}

/** Returns whether the last write succeeded, or whether a write would succeed now. */
export async function auditIsWritable(): Promise<boolean> {
  const shared = writer();
  if (shared.fault === null) return true;
  shared.trial ??= tryWriting(shared).finally(() => {
    shared.trial = null;
  });
  return shared.trial;
}

/** Returns the newest row that this process has written, or null. */
export function writtenHead(): ChainHead | null {
  return writer().head;
}

/**
 * Logs the newest row of this process every hour and at the end, if it has changed. A log kept elsewhere
 * then shows whether rows are missing at the end of the table. Returns the function that stops it.
 */
export function startHeadLog(): () => void {
  let logged: string | null = null;
  const logHead = () => {
    const head = writtenHead();
    if (head === null || head.hash === logged) return;
    logged = head.hash;
    logLine("audit", `head ${head.sequence}:${head.hash}`, { level: "info" });
  };
  const timer = setInterval(logHead, HOUR_MS).unref();
  return () => {
    clearInterval(timer);
    logHead();
  };
}

function writer(): Writer {
  globalThis.channelDeskAudit ??= {
    waiting: [],
    isWriting: false,
    fault: null,
    trial: null,
    head: null,
  };
  return globalThis.channelDeskAudit;
}

async function writeWaiting(shared: Writer): Promise<void> {
  shared.isWriting = true;
  while (shared.waiting.length > 0) {
    await write(shared, shared.waiting.splice(0, LARGEST_BATCH));
  }
  shared.isWriting = false;
}

async function write(shared: Writer, batch: readonly Waiting[]): Promise<void> {
  try {
    shared.head = await appendEvents(
      await database(),
      batch.map(({ event }) => event),
      // After a failure, the last write may have reached the table or not.
      shared.fault ? null : shared.head,
    );
    shared.fault = null;
    for (const { resolve } of batch) resolve();
  } catch (reason) {
    shared.fault = { reason };
    if (batch.length > 1 && isOfOneEvent(reason)) {
      for (const each of batch) await write(shared, [each]);
    } else {
      for (const { reject } of batch) reject(reason);
    }
  }
}

// One bad event must not fail the others. Any other failure would only repeat, and may have come
// after the commit.
function isOfOneEvent(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true;
  if (!(error instanceof Error)) return false;
  // The PostgreSQL error classes "data exception" and "integrity constraint violation".
  const isRefusal = "code" in error && /^2[23]/.test(String(error.code));
  return isRefusal || isOfOneEvent(error.cause);
}

async function tryWriting(shared: Writer): Promise<boolean> {
  try {
    await tryAppend(await database(), TRIAL);
    shared.fault = null;
    return true;
  } catch (reason) {
    shared.fault = { reason };
    return false;
  }
}

function refuse(reason: unknown): never {
  throw new AuditError(`The audit cannot be written: ${reasonOf(reason)}.`, { cause: reason });
}

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

/** An event that is never stored. */
const TRIAL: AuditEvent = {
  ...{ ...NOTHING, at: new Date(0), requestId: "trial", actor: null, address: null },
  ...{ action: "audit.read", outcome: "done", code: null, durationMs: null },
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
