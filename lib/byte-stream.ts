/** Returns a body that pulls these pieces. Cancelling it returns the generator. */
export function byteStream(pieces: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

/** Returns an answer of one JSON line for each of these values. */
export function jsonLines(values: AsyncIterable<object>): Response {
  const encoder = new TextEncoder();
  const lines = async function* () {
    for await (const value of values) yield encoder.encode(`${JSON.stringify(value)}\n`);
  };
  return new Response(byteStream(lines()), { headers: JSON_LINES });
}

const JSON_LINES = {
  "content-type": "application/x-ndjson; charset=utf-8",
  "cache-control": "no-store",
  // A proxy that gathers the whole answer first would hide the progress.
  "x-accel-buffering": "no",
};

type Watch = {
  /** Whether the person may still read it. Checked before a piece if `checkEvery` has passed. */
  readonly isAllowed: () => Promise<boolean>;
  /** Called at least once when nothing more is sent. */
  readonly onEnd: () => void;
  /** Milliseconds between two checks. */
  readonly checkEvery?: number;
  /** Milliseconds after which an unread body ends. */
  readonly stallAfter?: number;
};

/**
 * Passes a body on while the person may read it and does read it. Then the body breaks off and its
 * source is cancelled.
 *
 * @param startedAt when the person was admitted, by `performance.now()`
 */
export function watchedBody(
  body: ReadableStream<Uint8Array>,
  startedAt: number,
  { isAllowed, onEnd, checkEvery = 5000, stallAfter = 60_000 }: Watch,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let checkedAt = startedAt;
  let stalled: NodeJS.Timeout | undefined;
  const end = async (reason: unknown) => {
    clearTimeout(stalled);
    onEnd();
    await reader.cancel(reason);
  };
  const check = async () => {
    if (performance.now() - checkedAt < checkEvery) return;
    checkedAt = performance.now();
    try {
      if (await isAllowed()) return;
      throw new Error("The person may no longer read this.");
    } catch (error) {
      await end(error);
      throw error;
    }
  };
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(stalled);
      await check();
      const { done, value } = await reader.read().catch((error: unknown) => {
        onEnd();
        throw error;
      });
      if (done) {
        onEnd();
        controller.close();
        return;
      }
      controller.enqueue(value);
      stalled = setTimeout(() => {
        const error = new Error("Nobody has read the answer for too long.");
        controller.error(error);
        void end(error);
      }, stallAfter).unref();
    },
    cancel: end,
  });
}

/** Returns whether work ended because the client left and its signal was aborted. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name.includes("Abort");
}
