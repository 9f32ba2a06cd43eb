import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { OpenedDatabase } from "./database";
import { lockDirectory, shortPath } from "./directory-lock";
import { causeMessage, DatabaseError } from "./errors";
import { migrate } from "./migrate";
import { openPool } from "./pool";

/** In the data directory, and apart from its other files: others may be allowed to open these. */
const SOCKET_DIRECTORY = "socket";
const SOCKET = join(SOCKET_DIRECTORY, ".s.PGSQL.5432");

/**
 * Opens the database in a directory that only this process uses until it is closed. It runs in a
 * worker thread behind a Unix socket in a directory that only this account can open.
 */
export async function openEmbedded(
  directory: string,
  migrationsFolder: string,
): Promise<OpenedDatabase> {
  const unlock = await lock(directory);
  const sockets = shortPath(directory, SOCKET);
  const removeSocket = () =>
    rmSync(join(directory, SOCKET_DIRECTORY), { recursive: true, force: true });
  const release = () => {
    removeSocket();
    sockets.close();
    unlock();
  };
  try {
    // A killed process leaves its socket behind.
    removeSocket();
    mkdirSync(join(directory, SOCKET_DIRECTORY), { mode: 0o700 });
    const opened = await openWorker(
      join(directory, "database"),
      join(sockets.base, SOCKET),
      migrationsFolder,
    );
    return { ...opened, close: () => opened.close().finally(release) };
  } catch (error) {
    release();
    throw unusable(directory, "opened", error);
  }
}

async function openWorker(
  directory: string,
  socketPath: string,
  migrationsFolder: string,
): Promise<OpenedDatabase> {
  // Without the flag that loads TypeScript, because the program is plain JavaScript.
  const worker = new Worker(resolve(process.cwd(), "lib/db/embedded-worker.mjs"), {
    execArgv: [],
    workerData: { directory, socketPath },
  });
  let isClosing = false;
  const exited = new Promise<DatabaseError | null>((settle) => {
    const fail = (reason: string) =>
      settle(isClosing ? null : new DatabaseError(`The embedded database has ended: ${reason}.`));
    worker.once("error", (error) => fail(causeMessage(error)));
    worker.once("exit", (code) => fail(`its thread exited with code ${code}`));
  });
  const failure = exited.then((error) =>
    error ? Promise.reject(error) : new Promise<never>(() => {}),
  );
  failure.catch(() => {});
  try {
    await Promise.race([once(worker, "message"), failure]);
    const connection = {
      stream: () => new SocketOf(socketPath),
      user: "postgres",
      database: "postgres",
      ssl: false,
    };
    await Promise.race([migrate(connection, migrationsFolder), failure]);
    const pool = openPool(connection);
    return {
      ...pool,
      failure,
      close: async () => {
        isClosing = true;
        await pool.close();
        worker.postMessage("close");
        await exited;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** Connects to a path. By a host name, pg connects to absolute paths only. */
class SocketOf extends Socket {
  constructor(private readonly path: string) {
    super();
  }

  override connect(): this {
    return super.connect(this.path);
  }
}

async function lock(directory: string): Promise<() => void> {
  try {
    // Private to this account.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await lockDirectory(directory);
  } catch (error) {
    throw error instanceof DatabaseError ? error : unusable(directory, "used", error);
  }
}

function unusable(directory: string, verb: string, cause: unknown): DatabaseError {
  const reason = causeMessage(cause);
  return new DatabaseError(`The data directory ${directory} cannot be ${verb}: ${reason}.`, {
    cause,
  });
}
