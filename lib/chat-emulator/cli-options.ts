import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { type App, parseApps } from "./access";

export interface CliOptions {
  readonly port: number;
  readonly host: string;
  readonly delayMs: number;
  readonly apps: readonly App[];
  /** Whether the app was generated, so that its key must be printed. */
  readonly isSample: boolean;
}

/** Parses the command line and EMULATOR_APPS. Throws an Error with one sentence. */
export function parseCli(args: string[], emulatorApps: string | undefined): CliOptions {
  const { port, host, delay } = parseFlags(args);
  const secretKey = randomBytes(32).toString("hex");
  return {
    port: wholeNumber("port", port, 65_535),
    host,
    delayMs: wholeNumber("delay", delay, 600_000),
    apps: emulatorApps === undefined ? [{ ...SAMPLE_APP, secretKey }] : requireApps(emulatorApps),
    isSample: emulatorApps === undefined,
  };
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        delay: { type: "string", default: "0" },
      },
    }).values;
  } catch (error) {
    throw new Error(
      `Cannot read "${args.join(" ")}": the flags are --port <number>, --host <address> and --delay <milliseconds>.`,
      { cause: error },
    );
  }
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) {
    throw new Error(`--${flag} should be a whole number from 0 to ${most}, not "${text}".`);
  }
  return value;
}

function requireApps(text: string): App[] {
  const apps = parseApps(text);
  if (apps === null) {
    throw new Error(
      'EMULATOR_APPS should be a JSON array such as [{"sdkAppId":1400000001,"adminId":"administrator","secretKey":"…"}].',
    );
  }
  return apps;
}

const SAMPLE_APP = { sdkAppId: 1400000001, adminId: "administrator" };
