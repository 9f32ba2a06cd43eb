import type { Failure } from "@/lib/failure";
import { type Collected, Collector } from "@/lib/subscriptions/collected";
import { linesOf, parseLine } from "@/lib/subscriptions/whole-set-events";

type Collect = {
  /** See streamAddress. */
  readonly address: string;
  /** What this reading goes on from. */
  readonly earlier: Collected | undefined;
  readonly signal: AbortSignal;
  /** Called with what is in hand: at the first rows, then now and then. */
  readonly onProgress: (collected: Collected) => void;
};

/** Milliseconds between two looks at what has come: each of them draws the table anew. */
const BETWEEN_LOOKS = 120;

/**
 * Reads a whole set from the desk's stream. However it ends, what has come is the answer: `stopped` when
 * the signal ended it, and `failed` without a failure when the connection to the desk broke.
 */
export async function collect({
  address,
  earlier,
  signal,
  onProgress,
}: Collect): Promise<Collected> {
  const collector = new Collector(earlier);
  let looked = Number.NEGATIVE_INFINITY;
  try {
    const response = await fetch(address, { signal, headers: { accept: "application/x-ndjson" } });
    if (!response.ok || !response.body) {
      return { ...collector.snapshot(), state: "failed", failure: await failureOf(response) };
    }
    for await (const line of linesOf(response.body)) {
      collector.add(parseLine(line));
      if (performance.now() - looked < BETWEEN_LOOKS) continue;
      looked = performance.now();
      onProgress(collector.snapshot());
    }
  } catch {
    // The person stopped it, or the connection broke; both are told from what is in hand.
    if (signal.aborted) return collector.snapshot(true);
  }
  const collected = collector.snapshot();
  return collected.state === "reading" ? { ...collected, state: "failed" } : collected;
}

async function failureOf(response: Response): Promise<Failure | null> {
  const isOurs = response.headers.get("content-type")?.startsWith("application/json");
  return isOurs ? (await response.json()).failure : null;
}
