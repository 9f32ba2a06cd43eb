import { describe, expect, it } from "vitest";
import { ChatApiError } from "@/lib/chat-api/errors";
import { auditedEvents } from "./answer";
import type { ExportEvent as EventOf } from "./file-writer";
import type { Manifest } from "./manifest";

type ExportEvent = EventOf<Manifest>;

const progress = (read: number): ExportEvent => ({ type: "progress", read, total: 9 });
const bytes = (text: string): ExportEvent => ({ type: "bytes", bytes: Buffer.from(text) });
const end: ExportEvent = { type: "end", manifest: { writtenRows: 7 } as Manifest };

/** What happened, in order: the events that came through and the audit's word. */
async function happened(events: () => AsyncGenerator<ExportEvent>, leaveAfter = 99) {
  const heard: string[] = [];
  const log = {
    end: async ({
      outcome,
      rows,
      code,
    }: {
      outcome: string;
      rows?: number | null;
      code?: unknown;
    }) => {
      if (!heard.some((word) => word.startsWith("audit"))) {
        heard.push(`audit: ${outcome} ${rows} ${code ?? ""}`.trim());
      }
    },
  };
  try {
    for await (const event of auditedEvents(events(), log)) {
      heard.push(event.type === "bytes" ? Buffer.from(event.bytes).toString() : event.type);
      if (heard.length === leaveAfter) break;
    }
  } catch (error) {
    heard.push(`thrown: ${(error as Error).name}`);
  }
  return heard;
}

describe("the events of a file", () => {
  it("show progress at once, and end in the audit before the last bytes go out", async () => {
    const events = async function* () {
      yield* [bytes("head"), progress(5), bytes("rows"), progress(9), bytes("tail"), end];
    };
    expect(await happened(events)).toEqual([
      ...["head", "progress", "rows", "progress"],
      ...["audit: done 7", "tail", "end"],
    ]);
  });

  it("are said to be cancelled when somebody leaves, with the rows that were read", async () => {
    const events = async function* () {
      yield* [progress(5), progress(6), bytes("rows"), end];
    };
    expect(await happened(events, 2)).toEqual(["progress", "progress", "audit: cancelled 6"]);
  });

  it.each([
    [new ChatApiError({ kind: "rejected", code: 20005, info: "" }), "failed 5 20005"],
    [new TypeError("x is undefined"), "failed 5 bug"],
    [new DOMException("left", "AbortError"), "cancelled 5"],
  ])("are said to have failed, with why: %s", async (error, ending) => {
    const events = async function* () {
      yield progress(5);
      throw error;
    };
    expect(await happened(events)).toEqual([
      ...["progress", `audit: ${ending}`],
      `thrown: ${error.name}`,
    ]);
  });
});
