import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type PgBouncer = {
  /** The address of a database of the server, through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
};

/**
 * Starts PgBouncer in transaction mode in front of a test server that listens on a Unix socket, with so
 * many server connections. Returns null, and prints why, where there is none and none can be installed.
 */
export async function startPgBouncer(
  serverUrl: string,
  poolSize: number,
): Promise<PgBouncer | null> {
  const program = pgBouncerProgram();
  const serverSocket = new URL(serverUrl).searchParams.get("host");
  if (program === null || serverSocket === null) {
    process.stderr.write("Skipped: no pgbouncer, or the test server has no Unix socket.\n");
    return null;
  }
  const scratch = mkdtempSync(join(tmpdir(), "pgbouncer-"));
  chmodSync(scratch, 0o755);
  const configuration = join(scratch, "pgbouncer.ini");
  writeFileSync(
    configuration,
    `[databases]
* = host=${serverSocket} user=${new URL(serverUrl).username}
[pgbouncer]
listen_addr =
unix_socket_dir = ${scratch}
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
`,
  );
  const isRoot = process.getuid?.() === 0;
  // It refuses to run as root. 65534 is `nobody`.
  const account = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (isRoot) chownSync(scratch, 65_534, 65_534);
  const child = spawn(program, [configuration], {
    ...account,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    log.push(line);
    if (line.includes("process up")) break;
  }
  if (!log.at(-1)?.includes("process up"))
    throw new Error(`PgBouncer did not start:\n${log.join("\n")}`);
  child.stderr.resume();
  return {
    through: (url) => {
      const { username, pathname } = new URL(url);
      return `postgresql://${username}@localhost:6432${pathname}?host=${encodeURIComponent(scratch)}`;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Finds PgBouncer, and installs Debian's where this process may. */
function pgBouncerProgram(): string | null {
  const find = () =>
    ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find(existsSync) ??
    null;
  const found = find();
  if (found !== null || process.getuid?.() !== 0) return found;
  if (spawnSync("apt-get", ["--version"]).status !== 0) return null;
  try {
    execFileSync("apt-get", ["install", "--yes", "--no-install-recommends", "pgbouncer"], {
      stdio: "ignore",
    });
  } catch (error) {
    process.stderr.write(`PgBouncer cannot be installed: ${error}\n`);
  }
  return find();
}
