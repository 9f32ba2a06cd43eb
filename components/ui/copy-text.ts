export type CopyOutcome = "copied" | "copyFailed";

/** Milliseconds for which it is said. */
export const OUTCOME_SHOWN: Readonly<Record<CopyOutcome, number>> = {
  copied: 1500,
  copyFailed: 5000,
};

/** Puts a text on the clipboard. */
export async function copyText(text: string): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    // Refused by the browser, or absent because the page is not served over https.
    return "copyFailed";
  }
}
