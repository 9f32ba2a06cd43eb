import type { PGlite } from "@electric-sql/pglite";

const PARSE = "P".charCodeAt(0);
const HEAD_BYTES = 5;

/** How long an embedded database was busy with one statement, and with which. */
export type Busy = { readonly time: number; readonly statement: string };

/**
 * Watches how long an embedded database is busy with each message; nothing else happens in the process
 * then. Gives the function that tells the longest since it was asked before.
 */
export function watchBusy(database: PGlite): () => Busy {
  const nothing: Busy = { time: 0, statement: "" };
  let longest = nothing;
  let statement = "";
  const run = database.execProtocolRawSync.bind(database);
  database.execProtocolRawSync = (message) => {
    if (message[0] === PARSE) statement = parsed(message);
    const started = performance.now();
    const answer = run(message);
    const time = performance.now() - started;
    if (time > longest.time) longest = { time, statement };
    return answer;
  };
  return () => {
    const told = longest;
    longest = nothing;
    return told;
  };
}

/** The beginning of the text in a message that has one to be parsed: it follows a name, each ends with a zero. */
function parsed(message: Uint8Array): string {
  const text = message.subarray(message.indexOf(0, HEAD_BYTES) + 1);
  const decoded = new TextDecoder().decode(text.subarray(0, text.indexOf(0)));
  return decoded.replace(/\s+/g, " ").trim().slice(0, 60);
}
