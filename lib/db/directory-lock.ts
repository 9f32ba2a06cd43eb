import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DatabaseError, DirectoryInUseError } from "./errors";

/** Bytes of a Unix socket's path that every supported system accepts. */
const LONGEST_SOCKET_PATH = 100;
const LOCK_NAME = /^lock-[0-9a-f]{16}\.sock$/;
const TRIES = 6;
const PAUSE_MS = 50;

/**
 * Makes this process the only user of a directory until the returned function is called or the process ends.
 * The lock is a listening Unix socket in the directory: the kernel closes it with the process, and
 * processes of other containers on the same volume can reach it. Throws a DirectoryInUseError.
 */
export async function lockDirectory(directory: string): Promise<() => void> {
  for (let tries = 1; ; tries += 1) {
    const lock = await announce(directory);
    try {
      // Every process listens before it looks, so of two at least one sees the other.
      if (!(await isAnotherListening(lock))) {
        refuseOlderVersion(directory);
        return hold(directory, lock);
      }
    } catch (error) {
      lock.withdraw();
      throw error;
    }
    lock.withdraw();
    if (tries === TRIES) throw new DirectoryInUseError(directory);
    // Two processes that start at once both withdraw. A random pause lets one of them be alone.
    await setTimeout(PAUSE_MS * (0.5 + Math.random()) * tries);
  }
}

type Announced = {
  readonly name: string;
  /** The directory in a form that is short enough for a socket's path. */
  readonly base: string;
  withdraw(): void;
};

/** Listens on a socket in the directory under a name that the others look for. */
async function announce(directory: string): Promise<Announced> {
  const id = randomBytes(8).toString("hex");
  const [name, hidden] = [`lock-${id}.sock`, `new-${id}.sock`];
  const { base, close } = shortPath(directory, name);
  const server = createServer((socket) => socket.destroy());
  const withdraw = () => {
    for (const file of [name, hidden]) rmSync(join(directory, file), { force: true });
    server.close();
    close();
  };
  try {
    server.listen(join(base, hidden));
    await once(server, "listening");
    // A name must answer: one that does not is taken for a dead process.
    renameSync(join(directory, hidden), join(directory, name));
  } catch (error) {
    withdraw();
    throw error;
  }
  server.unref();
  return { name, base, withdraw };
}

async function isAnotherListening({ name, base }: Announced): Promise<boolean> {
  const others = readdirSync(base).filter((file) => LOCK_NAME.test(file) && file !== name);
  for (const other of others) {
    const answer = await connectTo(join(base, other));
    if (answer === "ECONNREFUSED") rmSync(join(base, other), { force: true });
    else if (answer !== "ENOENT") return true;
  }
  return false;
}

/** Returns "connected", or the code of the error. */
function connectTo(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
  });
}

/** Returns a path of the directory that leaves room for a socket's name, and what closes it. */
export function shortPath(directory: string, name: string): { base: string; close(): void } {
  const isShort = (base: string) => Buffer.byteLength(join(base, name)) <= LONGEST_SOCKET_PATH;
  for (const base of [directory, relative(process.cwd(), directory) || "."]) {
    if (isShort(base)) return { base, close: () => {} };
  }
  if (existsSync("/proc/self/fd")) {
    const descriptor = openSync(directory, "r");
    return { base: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) };
  }
  throw new DatabaseError(
    `The path of the data directory ${directory} is too long for a Unix socket in it: set DATA_DIR to a path of at most ${LONGEST_SOCKET_PATH - name.length - 1} bytes.`,
  );
}

/**
 * Versions before the socket kept a file with their process ID. The ID alone proves little: it may
 * belong to another container, or to an unrelated process after a kill. On Linux a process counts
 * if it has files of the database open. If that cannot be seen, a living process counts as an older
 * version.
 */
function refuseOlderVersion(directory: string): void {
  const content = readPid(directory);
  const pid = Number(content);
  // Older versions write no line end.
  const isOlder = Number.isSafeInteger(pid) && pid > 0 && !content.endsWith("\n");
  if (!isOlder || pid === process.pid || !isAlive(pid)) return;
  const usesDirectory = hasOpenFiles(pid, directory);
  if (usesDirectory === false) return;
  throw new DirectoryInUseError(
    directory,
    usesDirectory === null
      ? `If process ${pid} is not an older version of Channel Desk, remove ${pidFile(directory)}.`
      : undefined,
  );
}

function hold(directory: string, { withdraw }: Announced): () => void {
  // Keeps older versions out, which look only for this file and a living process.
  const mark = `${process.pid}\n`;
  writeFileSync(pidFile(directory), mark);
  const unlock = () => {
    process.off("exit", unlock);
    if (readPid(directory) === mark) rmSync(pidFile(directory), { force: true });
    withdraw();
  };
  process.once("exit", unlock);
  return unlock;
}

const pidFile = (directory: string) => join(directory, "lock");

const readPid = (directory: string) =>
  unlessMissing(() => readFileSync(pidFile(directory), "utf8"));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** Returns whether a process has files of the directory open; null where that cannot be seen. */
function hasOpenFiles(pid: number, directory: string): boolean | null {
  const descriptors = `/proc/${pid}/fd`;
  const inside = `${realpathSync(directory)}/`;
  try {
    return readdirSync(descriptors).some((descriptor) =>
      // Some are closed since the directory was read.
      unlessMissing(() => readlinkSync(join(descriptors, descriptor))).startsWith(inside),
    );
  } catch {
    return null;
  }
}

/** Returns the text, or an empty one if the file does not exist. */
function unlessMissing(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return "";
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
