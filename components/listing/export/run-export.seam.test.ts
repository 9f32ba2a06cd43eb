import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { exportAnswer } from "@/lib/export/answer";
import { exportFile } from "@/lib/export/export-file";
import type { Failure } from "@/lib/failure";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { runExport } from "./run-export";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const AT = new Date("2026-01-02T03:04:05.000Z");
const FILE = { format: "csv", separator: "comma" } as const;
const NOBODY_LISTENS = "http://127.0.0.1:1";

let emulator: Emulator;
let server: Server;
let url: string;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
  emulator.set({ callsPerSecond: 100_000 });
  // No request may meet a kept-alive connection that is just closing.
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const left = new AbortController();
    response.on("close", () => left.abort());
    const asked = new URL(request.url ?? "/", url);
    const { accept = "" } = request.headers;
    answer(new Request(asked, { headers: { accept }, signal: left.signal })).then(
      (made) => send(made, response),
      (error: ChatApiError) => response.writeHead(502).end(String(error.code)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await emulator.close();
});

/** A body that breaks off breaks the connection, as Next does it. */
async function send({ status, headers, body }: Response, response: ServerResponse): Promise<void> {
  response.writeHead(status, Object.fromEntries(headers));
  try {
    for await (const chunk of body ?? []) response.write(chunk);
    response.end();
  } catch {
    response.destroy();
  }
}

/** The vendor is gone after so many calls. */
function clientFor(calls: number) {
  let made = 0;
  return new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(100_000),
    firstPause: 1,
    fetch: (address, init) => {
      made += 1;
      return fetch(
        made > calls ? String(address).replace(emulator.url, NOBODY_LISTENS) : address,
        init,
      );
    },
  });
}

const failureOf = (error: unknown): Failure => {
  if (!(error instanceof ChatApiError)) throw error;
  const { kind, code, info } = error;
  const vendor = { kind, code, info };
  return { code: "vendor", happened: "", remedy: "", retry: "button", vendor, requestId: null };
};

async function answer(request: Request) {
  const { searchParams } = new URL(request.url);
  const client = clientFor(Number(searchParams.get("calls") ?? Number.POSITIVE_INFINITY));
  const events = exportFile(client, {
    app: { slug: "demo", name: "Demo", sdkAppId: KEY.sdkAppId },
    subscriberId: searchParams.get("subscriber") ?? "",
    ...FILE,
    columns: ["channelId", "name"],
    labels: Object.fromEntries(COLUMN_IDS.map((id) => [id, id])) as Record<ColumnId, string>,
    fields: ["name"],
    query: { search: "", filters: {}, sorts: [] },
    locale: "en",
    signal: request.signal,
  });
  return exportAnswer(request, events, { what: "x", at: AT, ...FILE }, failureOf);
}

describe("the file itself", () => {
  it("comes as an attachment that nobody keeps", async () => {
    const response = await fetch(`${url}/?subscriber=follows-201`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain(
      'attachment; filename="x-20260102T030405Z.csv"',
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await response.text()).trimEnd().split("\r\n")).toHaveLength(202);
  });

  it("is not there when nothing could be read", async () => {
    const response = await fetch(`${url}/?subscriber=error-20005`);
    expect(response.status).toBe(502);
    expect(await response.text()).toBe("20005");
  });

  it("breaks off when a later call fails, so that nobody takes it for whole", async () => {
    const response = await fetch(`${url}/?subscriber=follows-5001&calls=3`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });
});

describe("the file in pieces", () => {
  const run = (query: string, signal = new AbortController().signal) => {
    const progress: number[] = [];
    const onProgress = ({ read }: { read: number }) => void progress.push(read);
    const outcome = runExport({ address: `${url}/?${query}`, signal, onProgress });
    return { outcome, progress };
  };

  it("is the same file, with how far it was", async () => {
    const whole = await fetch(`${url}/?subscriber=follows-5001`);
    const { outcome, progress } = run("subscriber=follows-5001");
    const ended = await outcome;
    if (ended.step !== "done") throw new Error(ended.step);
    const { fileName, blob, manifest } = ended.file;
    expect(Buffer.from(await blob.arrayBuffer())).toEqual(Buffer.from(await whole.arrayBuffer()));
    expect(fileName).toBe("x-20260102T030405Z.csv");
    expect(manifest).toMatchObject({ writtenRows: 5001, outcome: "complete" });
    expect(progress).toHaveLength(26);
    expect(progress.at(-1)).toBe(5001);
  });

  it.each([
    ["subscriber=error-20005", 20005],
    ["subscriber=fault-never-complete", null],
    ["subscriber=follows-5001&calls=3", null],
  ])("is none when the reading fails: %s", async (query, code) => {
    const ended = await run(query).outcome;
    expect(ended).toMatchObject({ step: "failed", failure: { code: "vendor", vendor: { code } } });
  });

  it("is none when the desk is gone", async () => {
    const ended = await runExport({
      address: NOBODY_LISTENS,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(ended).toEqual({ step: "failed", failure: null });
  });

  it("ends with the person's patience, and the vendor's calls with it", async () => {
    emulator.set({ delayMs: 300 });
    const stop = new AbortController();
    const before = emulator.calls.length;
    const ended = await runExport({
      address: `${url}/?subscriber=follows-10000`,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    emulator.set({ delayMs: 0 });
    expect(ended).toEqual({ step: "cancelled" });
    await run("subscriber=follows-1").outcome;
    expect(emulator.calls.length - before).toBeLessThan(50);
  });
});
