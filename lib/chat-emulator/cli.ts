import { type CliOptions, parseCli } from "./cli-options";
import { type Emulator, startEmulator } from "./server";

async function main(): Promise<void> {
  const options = parseCli(process.argv.slice(2), process.env.EMULATOR_APPS);
  const emulator = await start(options);
  const stop = () => emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  // With an IPC channel the emulator ends with its parent.
  process.once("disconnect", stop);
  console.log(`Emulator listening on ${emulator.url}`);
  if (options.isSample) console.log(chatAppsLine(options, emulator.url));
}

async function start(options: CliOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    const problem = reason === "EADDRINUSE" ? "is already in use" : `cannot be used (${reason})`;
    throw new Error(
      `Port ${options.port} on ${options.host} ${problem}: choose another with --port or --host.`,
    );
  }
}

function chatAppsLine({ apps }: CliOptions, baseUrl: string): string {
  const named = apps.map((app) => ({ slug: "sample", name: "Sample app", ...app, baseUrl }));
  return `CHAT_APPS='${JSON.stringify(named)}'`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
