import { isJsonObject } from "./json";

/** What can be changed while the emulator runs. */
export interface Settings {
  /** Milliseconds every call of the API waits before its answer is sent. */
  readonly delayMs: number;
  /** Calls an app may make in any one second. */
  readonly callsPerSecond: number;
  /** Rows a page has at most, whatever Limit says. */
  readonly maxRows: number;
  /** Milliseconds that fault-slow waits in addition. */
  readonly slowMs: number;
  /** Seconds by which the clock of the channels is ahead; signatures and rates keep the real time. */
  readonly clockOffsetSeconds: number;
}

export const DEFAULT_SETTINGS: Settings = {
  delayMs: 0,
  callsPerSecond: 200,
  maxRows: 200,
  slowMs: 3000,
  clockOffsetSeconds: 0,
};

const TEN_YEARS = 315_360_000;

/** Settings from an untrusted value, or the sentence that says what would be right. */
export function parseSettings(value: unknown): Partial<Settings> | string {
  const names = Object.keys(DEFAULT_SETTINGS);
  if (!isJsonObject(value)) return `Send a JSON object with any of ${names.join(", ")}.`;
  for (const [name, setting] of Object.entries(value)) {
    if (!names.includes(name)) return `There is no setting ${name}: use ${names.join(", ")}.`;
    const least = leastOf(name);
    if (!(Number.isInteger(setting) && Number(setting) >= least)) {
      return `${name} should be a whole number of at least ${least}.`;
    }
  }
  return value;
}

function leastOf(name: string): number {
  if (name === "clockOffsetSeconds") return -TEN_YEARS;
  return name.endsWith("Ms") ? 0 : 1;
}
