export type CopyOutcome = "copied" | "copyFailed";

/** A text, or a text with the same as HTML for programs that read it. */
export type Copyable = string | { readonly text: string; readonly html: string };

/** Milliseconds for which it is said. */
export const OUTCOME_SHOWN: Readonly<Record<CopyOutcome, number>> = {
  copied: 1500,
  copyFailed: 5000,
};

/** Puts a text on the clipboard, and its HTML beside it in browsers that can. */
export async function copyText(content: Copyable): Promise<CopyOutcome> {
  try {
    if (typeof content === "string") await navigator.clipboard.writeText(content);
    else await copyBoth(content);
    return "copied";
  } catch {
    // Refused by the browser, or absent because the page is not served over https.
    return "copyFailed";
  }
}

async function copyBoth({ text, html }: Exclude<Copyable, string>): Promise<void> {
  if (typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(text);
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  });
  await navigator.clipboard.write([item]);
}
