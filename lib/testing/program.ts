import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

export type Ended = {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
};

/** Starts a TypeScript program, or a script given as text, in a directory and with only these variables. */
export function startProgram(
  program: string | { readonly script: string },
  directory: string,
  variables: Record<string, string> = {},
  parameters: readonly string[] = [],
): ChildProcess {
  const root = process.cwd();
  const tsx = pathToFileURL(resolve(root, "node_modules/tsx/dist/loader.mjs")).href;
  const source =
    typeof program === "string"
      ? [resolve(root, program)]
      : ["--input-type=module", "--eval", program.script];
  return spawn(process.execPath, ["--import", tsx, ...source, ...parameters], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      TSX_TSCONFIG_PATH: resolve(root, "tsconfig.json"),
      ...variables,
    },
  });
}

/** What a program wrote, and how it ended. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const written = ({ stdout, stderr }: ChildProcess) =>
    Promise.all([stdout, stderr].map((stream) => (stream === null ? "" : text(stream))));
  const [[output = "", errors = ""], [exitCode]] = await Promise.all([
    written(child),
    once(child, "exit"),
  ]);
  return { exitCode, output, errors };
}
