/** Whether a browser runs where ⌘ does what Ctrl does elsewhere, by its User-Agent. */
export function isApple(userAgent: string | null): boolean {
  return /Mac|iPhone|iPad/.test(userAgent ?? "");
}
