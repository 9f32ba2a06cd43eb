import { existsSync } from "node:fs";
import { env } from "@/lib/env";
import { CommandError, runCommand } from "./command";
import { startDesk } from "./desk";
import { readDotEnv } from "./environment";

runCommand(async (life) => {
  readDotEnv();
  env();
  if (!existsSync(".next/BUILD_ID")) {
    throw new CommandError("No build found. Run `npm run build` first.");
  }
  const address = await startDesk("production", life, { logsRequests: true });
  console.log(`Channel Desk listening on ${address}`);
});
