import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { postgresBinaries } from "./postgres-binaries";

export type PostgresServer = { readonly url: string; stop(): Promise<void> };

/**
 * A real PostgreSQL for tests: TEST_DATABASE_URL where it is set (`npm test` makes it of DATABASE_URL; the
 * account must be allowed to make databases), else a server of our own.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };

  const scratch = mkdtempSync(join(tmpdir(), "pg-"));
  const data = join(scratch, "data");
  const binaries = postgresBinaries(scratch);
  chmodSync(scratch, 0o755);
  mkdirSync(data, { mode: 0o700 });
  for (const directory of [scratch, data]) giveAway(directory);
  const account = { ...nobody(), cwd: data };

  execFileSync(
    join(binaries, "initdb"),
    ["--pgdata", data, "--username=test", "--auth=trust", "--encoding=UTF8", "--no-sync"],
    { ...account, stdio: ["ignore", "ignore", "inherit"] },
  );
  // A socket in a directory of its own needs no free port.
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", data, "-k", scratch, "-c", "listen_addresses=", "-c", "fsync=off"],
    { ...account, stdio: ["ignore", "ignore", "pipe"] },
  );
  await untilReady(server);
  return {
    url: `postgresql://test@localhost/postgres?host=${encodeURIComponent(scratch)}`,
    stop: () => stop(server, scratch),
  };
}

// PostgreSQL refuses to run as root; 65534 is `nobody`.
function nobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

function giveAway(directory: string): void {
  const { uid, gid } = nobody();
  if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid);
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (server.stderr === null) throw new Error("The server's log is not piped.");
  const log: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    log.push(line);
    if (line.includes("ready to accept connections")) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${log.join("\n")}`);
}

async function stop(server: ChildProcess, scratch: string): Promise<void> {
  const ended = once(server, "exit");
  server.kill("SIGINT");
  await ended;
  rmSync(scratch, { recursive: true, force: true });
}
