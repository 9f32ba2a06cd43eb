/** Writes one line to the standard error, whatever line breaks the text has. */
export function logLine(source: string, text: string): void {
  process.stderr.write(
    `${source}: ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").slice(0, 500)}\n`,
  );
}
