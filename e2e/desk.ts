import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { CommandError } from "@/lib/cli/command";
import { cleanEnvironment, unsetVariables } from "@/lib/cli/environment";
import { availablePort } from "@/lib/cli/listen";
import type { DatabaseLocation } from "@/lib/env";
import { Secret } from "@/lib/secret";
import { copySeeded, dropCopy } from "./seeded-database";

export type ChatApp = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: string;
};

export type Desk = {
  readonly url: string;
  readonly authSecret: string;
  readonly database: DatabaseLocation;
  /** All that it has printed so far. */
  output(): string;
  stop(): Promise<void>;
  /** Ends it as a crash would, and leaves its database as it is. */
  kill(): Promise<void>;
};

/**
 * Starts the built dashboard as `npm start` does, with a PostgreSQL database of its own that holds the
 * sample people. DATABASE_URL among the variables names another one, DATA_DIR an embedded one.
 */
export async function startDesk(
  apps: readonly ChatApp[],
  baseUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Desk> {
  const { DATABASE_URL: given, DATA_DIR: directory } = variables;
  const isOwn = given === undefined && directory === undefined;
  const databaseUrl = isOwn ? await copySeeded() : (given ?? "");
  const port = await portOfWorker();
  const url = `http://127.0.0.1:${port}`;
  const authSecret = randomBytes(32).toString("hex");
  const program = startProgram("lib/cli/start.ts", {
    APP_URL: url,
    AUTH_SECRET: authSecret,
    CHAT_APPS: JSON.stringify(apps.map((app) => ({ ...app, baseUrl }))),
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LISTEN_ADDRESS: "127.0.0.1",
    // All journeys of a worker are one person's.
    LOOKUPS_PER_MINUTE: "100000",
    EXPORTS_PER_HOUR: "100000",
    ...variables,
  });
  await program.printed(/Channel Desk listening on/);
  return {
    url,
    authSecret,
    database:
      directory === undefined
        ? { kind: "postgres", url: new Secret(databaseUrl) }
        : { kind: "embedded", directory },
    output: program.output,
    kill: async () => {
      await program.end("SIGKILL");
    },
    stop: async () => {
      await program.end("SIGTERM");
      if (isOwn) await dropCopy(databaseUrl);
    },
  };
}

// Below the ports of outgoing connections, one of which could take a port between its probe and its use.
const FIRST_PORT = 20_000;
const PORTS_OF_WORKER = 1000;
// Two runs on one machine begin at different ports.
let probed = Math.floor(Math.random() * PORTS_OF_WORKER);

/** Returns a free port that no other worker takes. */
export async function portOfWorker(): Promise<number> {
  const first = FIRST_PORT + Number(process.env.TEST_PARALLEL_INDEX ?? 0) * PORTS_OF_WORKER;
  for (let tries = 1; ; tries++) {
    const port = first + (probed++ % PORTS_OF_WORKER);
    try {
      return await availablePort(port, "127.0.0.1");
    } catch (error) {
      if (!(error instanceof CommandError) || tries === PORTS_OF_WORKER) throw error;
    }
  }
}

export type Program = {
  readonly pid: number;
  output(): string;
  /** Waits for output; rejects with all of it when the program ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Sends a signal and waits for the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** The exit code of a program that ends by itself. */
  readonly ended: Promise<number | null>;
};

/** Starts a command of the project; with the channel it ends when this process does. */
export function startProgram(script: string, variables: Record<string, string>): Program {
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    // Next declares NODE_ENV as always set; a person who types the command has none.
    env: {
      ...cleanEnvironment(process.env),
      ...unsetVariables(),
      ...variables,
    } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  return watch(child);
}

function watch(child: ChildProcess): Program {
  let output = "";
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      child.emit("printed");
    });
  }
  return {
    // 0 is nobody's; without a number it has ended before it began, which `ended` tells.
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    printed: async (pattern) => {
      const early = ended.then(() => {
        if (!pattern.test(output)) throw new Error(`It ended early and said:\n${output}`);
      });
      while (!pattern.test(output)) await Promise.race([once(child, "printed"), early]);
    },
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
