import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staticFiles } from "./static-files";

const directory = mkdtempSync(join(tmpdir(), "static-files-"));
mkdirSync(join(directory, "chunks"));
const script = "console.log('a script');";
writeFileSync(join(directory, "chunks/a.js"), script);
writeFileSync(join(directory, "chunks/a.js.br"), brotliCompressSync(script));
writeFileSync(join(directory, "chunks/a.js.gz"), gzipSync(script));
writeFileSync(join(directory, "manifest.js"), "a manifest");
writeFileSync(join(directory, "notes.txt"), "notes");
const sendsFile = staticFiles(directory);
// Files that are replaced by the next build are still sent.
rmSync(directory, { recursive: true });

const server = createServer((request, response) => {
  if (!sendsFile(request, response)) response.writeHead(404).end("not a static file");
});
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => void server.close());

describe("staticFiles", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br", brotliCompressSync(script).length],
    ["gzip, deflate", "gzip", gzipSync(script).length],
    ["br;q=0, gzip", "gzip", gzipSync(script).length],
    ["identity", undefined, script.length],
    [undefined, undefined, script.length],
  ])("sends a script to a client that accepts %s as %s", async (accepted, encoding, length) => {
    const { status, headers } = await get("/_next/static/chunks/a.js", {
      ...(accepted === undefined ? {} : { "Accept-Encoding": accepted }),
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "content-length": String(length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    expect(headers["content-encoding"]).toBe(encoding);
  });

  it("sends what was not compressed, and ignores a query", async () => {
    const { status, body } = await get("/_next/static/manifest.js?dpl=1", {
      "Accept-Encoding": "br, gzip",
    });
    expect([status, body]).toEqual([200, "a manifest"]);
  });

  it.each([{ Range: "bytes=5-2" }, { Range: "bytes=0-3" }])("ignores %o", async (headers) => {
    const { status, body } = await get("/_next/static/chunks/a.js", headers);
    expect([status, body]).toEqual([200, script]);
  });

  it.each([
    "/_next/static/chunks/b.js",
    "/_next/static/chunks/a.js.br",
    "/_next/static/notes.txt",
    "/_next/static/../chunks/a.js",
    "/_next/static/chunks/%61.js",
    "/_next/static/",
    "/lookup",
  ])("leaves %s to Next", async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: "not a static file" });
  });

  it("answers HEAD without a body, and leaves POST to Next", async () => {
    const head = await get("/_next/static/chunks/a.js", {}, "HEAD");
    expect([head.status, head.headers["content-length"], head.body]).toEqual([
      200,
      String(script.length),
      "",
    ]);
    expect((await get("/_next/static/chunks/a.js", {}, "POST")).status).toBe(404);
  });
});

/** Sends the path as it is: fetch would normalize it and ask for compression. */
async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    send({ host: "127.0.0.1", port, path, headers, method }, resolve).on("error", reject).end();
  });
  const { statusCode, headers: received } = response;
  return { status: statusCode, headers: received, body: await text(response) };
}
