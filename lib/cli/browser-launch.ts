/** A Chromium and how to start it. */
export type Browser = {
  readonly executablePath: string;
  readonly args: string[];
  /** Variables it needs beside those of whoever starts it. */
  readonly environment: Readonly<Record<string, string>>;
};

/** The arguments with which tests, pictures and measurements start a Chromium. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
] as const;
