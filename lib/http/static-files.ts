import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { pathOf } from "./incoming";

const PREFIX = "/_next/static/";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The first that the client accepts is sent. */
const ENCODINGS = [
  { encoding: "br", extension: ".br", accepted: /\bbr\b(?!\s*;\s*q=0)/ },
  { encoding: "gzip", extension: ".gz", accepted: /\bgzip\b(?!\s*;\s*q=0)/ },
] as const;

type StaticFile = {
  readonly type: string;
  readonly plain: Buffer;
  readonly compressed: readonly ((typeof ENCODINGS)[number] & { readonly content: Buffer })[];
};

/**
 * Returns a handler that sends the scripts, styles and fonts of a build from memory, in the form that the
 * build compressed. It returns false for everything else. Next would compress them again for each
 * request. A build that replaces the files does not affect the running server.
 */
export function staticFiles(
  directory: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = readFiles(directory);
  return ({ method, url = "", headers }, response) => {
    const file = files.get(pathOf(url));
    if (!file || (method !== "GET" && method !== "HEAD")) return false;
    const sent = String(headers["accept-encoding"] ?? "");
    const compressed = file.compressed.find(({ accepted }) => accepted.test(sent));
    const content = compressed?.content ?? file.plain;
    response.writeHead(200, {
      "Content-Type": file.type,
      "Content-Length": content.length,
      ...(compressed && { "Content-Encoding": compressed.encoding }),
      Vary: "Accept-Encoding",
      // The name of each file changes with its content.
      "Cache-Control": "public, max-age=31536000, immutable",
    });
    response.end(method === "HEAD" ? undefined : content);
    return true;
  };
}

function readFiles(directory: string): ReadonlyMap<string, StaticFile> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const present = new Set(names);
  const read = (name: string) => readFileSync(join(directory, name));
  return new Map(
    names.flatMap((name) => {
      const type = TYPES[extname(name)];
      if (type === undefined) return [];
      const compressed = ENCODINGS.filter(({ extension }) => present.has(name + extension)).map(
        (encoding) => ({ ...encoding, content: read(name + encoding.extension) }),
      );
      return [[PREFIX + name.replaceAll("\\", "/"), { type, plain: read(name), compressed }]];
    }),
  );
}
