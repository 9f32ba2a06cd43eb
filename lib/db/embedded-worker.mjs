// @ts-check
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

// The embedded database, in a thread of its own, so that its statements do not block the server.
// Plain JavaScript: not every process that starts this thread can load TypeScript.

if (parentPort === null) throw new Error("This program runs in a worker thread only.");
const parent = parentPort;

/** @type {{ directory: string, socketPath: string }} */
const { directory, socketPath } = workerData;

/** @param {string} type */
const messageType = (type) => type.charCodeAt(0);
const TERMINATE = messageType("X");
const ERROR_RESPONSE = messageType("E");
const SYNC = Uint8Array.of(messageType("S"), 0, 0, 0, 4);
/** After these messages the database waits for the rest of the same query. */
const PARTS_OF_A_QUERY = new Set(["P", "B", "D", "E", "C", "H"].map(messageType));

const database = await PGlite.create(directory).catch((error) => {
  // The database throws objects that are not errors.
  const reason = error instanceof Error ? error.message : JSON.stringify(error);
  throw new Error(`the database in it does not open (${reason})`);
});

/**
 * The database as the socket server uses it. All connections share one session, and the server may pass on
 * messages of several connections in turn, except within a transaction. A query whose messages have not all
 * arrived therefore counts as a transaction. Otherwise another connection's statement could get its parameters.
 */
const session = {
  isMidQuery: false,
  waitReady: database.waitReady,
  isInTransaction() {
    return session.isMidQuery || database.isInTransaction();
  },
  /** @param {() => Promise<unknown>} work */
  runExclusive: (work) => database.runExclusive(work),
  /** @type {typeof database.execProtocolRawStream} */
  async execProtocolRawStream(message, options) {
    const [type = 0] = message;
    // Ends the connection, not the session.
    if (type === TERMINATE) return;
    session.isMidQuery = PARTS_OF_A_QUERY.has(type);
    try {
      await database.execProtocolRawStream(message, {
        ...options,
        onRawData(data) {
          options?.onRawData?.(data);
          if (isFatal(data)) fail(Buffer.from(data).toString("latin1").split("\0M")[1]);
        },
      });
    } catch (error) {
      // A statement's error is an answer. This is an error of the database itself.
      fail(error instanceof Error ? error.message : JSON.stringify(error));
      throw error;
    }
  },
  /** Ends what a closed connection left open. @param {string} rollback */
  async exec(rollback) {
    if (session.isMidQuery) {
      await database.runExclusive(() => database.execProtocolRawStream(SYNC, { onRawData() {} }));
      session.isMidQuery = false;
    }
    if (database.isInTransaction()) await database.exec(rollback);
  },
};

/** @param {Uint8Array} data */
function isFatal(data) {
  return (
    data[0] === ERROR_RESPONSE && /\0V(FATAL|PANIC)\0/.test(Buffer.from(data).toString("latin1"))
  );
}

/** Ends this thread with an error: after such a failure the database answers no more. @param {string} [reason] */
function fail(reason = "unknown reason") {
  setImmediate(() => {
    throw new Error(reason.split("\0")[0]);
  });
}

const server = new PGLiteSocketServer({
  db: /** @type {PGlite} */ (/** @type {unknown} */ (session)),
  path: socketPath,
  maxConnections: 100,
});
await server.start();

parent.on("message", async () => {
  await server.stop();
  await database.close();
  parent.close();
});
parent.postMessage("open");
