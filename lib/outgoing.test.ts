import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "vitest";

const sources = ["app", "components", "lib"].flatMap((directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll(sep, "/")),
);
const product = [...sources, "proxy.ts", "instrumentation.ts"]
  .filter((path) => !/\.test\.tsx?$|^lib\/(testing|chat-emulator)\//.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

const CALLS =
  /\bfetch\(|\b(WebSocket|EventSource|XMLHttpRequest|sendBeacon)\b|\bimport\b[^;]*\b(request|get|connect|createConnection|Socket|Agent)\b[^;]* from "(node:(https?|http2|net|tls|dgram)|undici)"|from "(node:dns(\/promises)?|undici)"/;

/** Every file that can call somebody, and whom. */
const CALLERS = {
  "app/(desk)/bulk/bulk-run.ts": "from the browser: the desk",
  "app/(desk)/lookup/stream/collect.ts": "from the browser: the desk",
  "app/(desk)/lookup/stream/early-stream.ts": "from the browser: the desk",
  "components/listing/export/run-export.ts": "from the browser: the desk",
  "lib/alerts/webhook.ts": "DIGEST_WEBHOOK_URL",
  "lib/auth/oidc/provider.ts": "the issuer of OIDC_ISSUER and the endpoints of its document",
  "lib/auth/oidc/sso.ts": "from the browser: the desk",
  "lib/chat-api/post.ts": "the regions or base addresses of CHAT_APPS",
  "lib/chat.ts": "the same",
  "lib/cli/sample-history.ts": "the emulator of the demo",
  "lib/db/directory-lock.ts": "a Unix socket in DATA_DIR",
  "lib/db/embedded.ts": "the embedded database, by its socket",
  "lib/jobs/scheduler.ts": "nobody: it fetches a job from its queue",
};

test("nothing calls anybody but the configured hosts", () => {
  const callers = product.filter(({ text }) => CALLS.test(text)).map(({ path }) => path);
  expect(callers.sort()).toEqual(Object.keys(CALLERS));
});

test("what the server calls cannot send it elsewhere", () => {
  const text = (path: string) => product.find((file) => file.path === path)?.text ?? "";
  for (const path of ["lib/chat-api/post.ts", "lib/alerts/webhook.ts"]) {
    expect(text(path), path).toMatch(/\bredirect: "(manual|error)"/);
  }
  expect(text("lib/chat.ts")).toContain(
    "undiciFetch(url, { ...init, dispatcher: isFresh ? fresh : kept })",
  );
});

test("what the browser calls is the desk, by an address without a host", () => {
  for (const [path, whom] of Object.entries(CALLERS)) {
    if (!whom.startsWith("from the browser")) continue;
    const text = product.find((file) => file.path === path)?.text ?? "";
    // No host is ever named "invalid": with such a base an address is only parsed.
    expect(text, path).not.toMatch(/https?:\/\/(?!desk\.invalid")/);
  }
});

test.each([
  'await fetch("https://a.example")',
  'import { request } from "node:https";',
  'import { Agent, fetch as pooled } from "undici";',
  'import { lookup } from "node:dns";',
  "new WebSocket(address)",
])("the search finds %s", (line) => {
  expect(CALLS.test(line)).toBe(true);
});

test.each([
  'import { isIP } from "node:net";',
  'import { createServer, type IncomingMessage } from "node:http";',
  "// The optimiser would make the desk's server fetch addresses",
])("the search lets be %s", (line) => {
  expect(CALLS.test(line)).toBe(false);
});
