import { type Collected, Collector } from "@/lib/subscriptions/collected";
import { failureIn, linesOf, parseLine } from "@/lib/subscriptions/whole-set-events";
import { STREAM_HEADERS, takeEarlyStream } from "./early-stream";

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
const BETWEEN_LOOKS = 200;

/** Milliseconds of work after which input and frames have their turn. */
const SLICE = 8;

function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

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
    const response = await (takeEarlyStream(address, signal) ??
      fetch(address, { signal, headers: STREAM_HEADERS }));
    if (!response.ok || !response.body) {
      return { ...collector.snapshot(), state: "failed", failure: await failureIn(response) };
    }
    let sliceStart = performance.now();
    for await (const line of linesOf(response.body)) {
      collector.add(parseLine(line));
      const now = performance.now();
      if (now - looked >= BETWEEN_LOOKS) {
        looked = now;
        onProgress(collector.snapshot());
      }
      if (now - sliceStart < SLICE) continue;
      await nextTask();
      sliceStart = performance.now();
    }
  } catch {
    // The person stopped it, or the connection broke; both are told from what is in hand.
    if (signal.aborted) return collector.snapshot(true);
  }
  const collected = collector.snapshot();
  return collected.state === "reading" ? { ...collected, state: "failed" } : collected;
}
