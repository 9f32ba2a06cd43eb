import type { Subscription } from "@/lib/chat-api/types";
import type { WholeSetEvent } from "@/lib/chat-api/whole-set";
import type { OffsetRange, WholeSetOutcome } from "@/lib/chat-api/whole-set-progress";
import type { Failure } from "@/lib/failure";

/** What the server tells the browser while it reads a whole set: a line of JSON each. */
export type WholeSetLine =
  | (Extract<WholeSetEvent, { type: "rows" }> & {
      /** When the answer came, in milliseconds since 1970. */
      readonly at: number;
      /** Milliseconds since the reading began. */
      readonly took: number;
    })
  | {
      readonly type: "end";
      readonly outcome: WholeSetOutcome;
      /** Why, for `failed`. */
      readonly failure: Failure | null;
      readonly unread: readonly OffsetRange[];
      /** False when the app has no such user. Asked only when the list is empty. */
      readonly known: boolean;
    };

/** The line of an event, its end included. */
export function writeLine(line: WholeSetLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Reads a line that `writeLine` wrote; moments become dates again. */
export function parseLine(text: string): WholeSetLine {
  const line: WholeSetLine = JSON.parse(text);
  if (line.type === "end") return line;
  return { ...line, subscriptions: line.subscriptions.map(withDates) };
}

const MOMENTS = ["lastMessageAt", "createdAt", "subscribedAt"] as const;

/** JSON has no dates: what is typed as one is still its text here. */
function withDates(row: Subscription): Subscription {
  const dates = MOMENTS.flatMap((field) => {
    const written = row[field];
    return written ? [[field, new Date(written)] as const] : [];
  });
  return { ...row, ...Object.fromEntries(dates) };
}

type Body = NonNullable<Response["body"]>;

/** The lines of a body, as they come; an unfinished last line is dropped. */
export async function* linesOf(body: Body): AsyncGenerator<string, void> {
  let rest = "";
  for await (const text of textOf(body)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

// Not every browser iterates a stream by itself.
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
