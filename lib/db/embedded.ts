import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { OpenedDatabase } from "./database";
import { lockDirectory } from "./directory-lock";
import { causeMessage, DatabaseError } from "./errors";
import { migrate } from "./migrate";
import { openPool } from "./pool";

const SOCKET_NAME = ".s.PGSQL.5432";
const SOCKET_DIRECTORY = "channel-desk-db-";

/** Bytes of a Unix socket's path that every supported system accepts. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Opens the database in a directory that only this process uses until it is closed. It runs in a
 * worker thread behind a Unix socket in a directory that only this account can open.
 */
export async function openEmbedded(
  directory: string,
  migrationsFolder: string,
): Promise<OpenedDatabase> {
  const unlock = await lock(directory);
  const release = () => {
    removeSocketDirectory(directory);
    unlock();
  };
  try {
    const opened = await openWorker(
      join(directory, "database"),
      makeSocketDirectory(directory),
      migrationsFolder,
    );
    return { ...opened, close: () => opened.close().finally(release) };
  } catch (error) {
    release();
    throw new DatabaseError(
      `The data directory ${directory} cannot be opened: ${causeMessage(error)}.`,
      {
        cause: error,
      },
    );
  }
}

async function openWorker(
  directory: string,
  socketDirectory: string,
  migrationsFolder: string,
): Promise<OpenedDatabase> {
  const socketPath = join(socketDirectory, SOCKET_NAME);
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
      host: socketDirectory,
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

async function lock(directory: string): Promise<() => void> {
  try {
    // Private to this account.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await lockDirectory(directory);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      `The data directory ${directory} cannot be used: ${causeMessage(error)}.`,
      {
        cause: error,
      },
    );
  }
}

// A killed process leaves its socket behind. The next one finds its path in this file.
const socketNote = (directory: string) => join(directory, "socket-directory");

function makeSocketDirectory(directory: string): string {
  removeSocketDirectory(directory);
  const made = mkdtempSync(join(temporaryDirectory(), SOCKET_DIRECTORY));
  writeFileSync(socketNote(directory), made);
  return made;
}

function removeSocketDirectory(directory: string): void {
  try {
    const made = readFileSync(socketNote(directory), "utf8");
    if (basename(made).startsWith(SOCKET_DIRECTORY)) rmSync(made, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  rmSync(socketNote(directory), { force: true });
}

function temporaryDirectory(): string {
  const isShort = (base: string) =>
    Buffer.byteLength(join(base, `${SOCKET_DIRECTORY}XXXXXX`, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
  return [tmpdir(), "/tmp"].find(isShort) ?? "/tmp";
}
