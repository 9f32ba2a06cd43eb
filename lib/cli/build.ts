import { spawn } from "node:child_process";
import { once } from "node:events";
import { CommandError, type Lifetime } from "./command";
import { endChild } from "./end-child";

/** Builds the dashboard for production; its output is shown only when it fails. */
export async function buildDesk({ atEnd }: Lifetime): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  atEnd(() => endChild(child));
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  const [exitCode] = await once(child, "close");
  if (exitCode === 0) return;
  throw new CommandError(`The dashboard could not be built:\n\n${Buffer.concat(output)}`);
}
