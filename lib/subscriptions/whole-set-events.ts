import type { OffsetRange, Subscription, WholeSetOutcome } from "@/lib/chat-api/types";
import type { WholeSetEvent } from "@/lib/chat-api/whole-set";
import type { Failure } from "@/lib/failure";

/** Messages to the browser while a whole set is read, one JSON line each. */
export type WholeSetLine =
  | (Extract<WholeSetEvent, { type: "rows" }> & {
      /** When the answer came, in milliseconds since 1970. */
      readonly at: number;
      /** Milliseconds since the read started. */
      readonly took: number;
    })
  | {
      readonly type: "end";
      readonly outcome: WholeSetOutcome;
      /** Why, for `failed`. */
      readonly failure: Failure | null;
      readonly unread: readonly OffsetRange[];
      /** False if the app has no such user. Checked only if the list is empty. */
      readonly known: boolean;
    };

/** Parses a line. Times become dates again. */
export function parseLine(text: string): WholeSetLine {
  const line: WholeSetLine = JSON.parse(text);
  if (line.type === "rows") for (const row of line.subscriptions) restoreDates(row);
  return line;
}

const MOMENTS = ["lastMessageAt", "createdAt", "subscribedAt"] as const;

/** Turns the date texts of JSON into dates, in place. */
function restoreDates(row: Subscription): void {
  const written: { -readonly [Name in keyof Subscription]: Subscription[Name] } = row;
  for (const field of MOMENTS) {
    const moment = written[field];
    if (moment) written[field] = new Date(moment);
  }
}

/** Returns the failure in a response that is not a stream; null if the desk did not send it. */
export async function failureIn(response: Response): Promise<Failure | null> {
  const isOurs = response.headers.get("content-type")?.startsWith("application/json");
  return isOurs ? (await response.json()).failure : null;
}

type Body = NonNullable<Response["body"]>;

/** Yields the lines of a body. An unfinished last line is dropped. */
export async function* linesOf(body: Body): AsyncGenerator<string, void> {
  let rest = "";
  for await (const text of textOf(body)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

// Not every browser can iterate a stream.
async function* textOf(body: Body): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
