import "server-only";
import { headers } from "next/headers";

/**
 * Whether this request was made by a page of ours, or by the person himself. Another site's page could
 * spend the budget, though not read the answer. Browsers say where a request comes from; `none` is an
 * address typed or opened by the person.
 */
export async function isFromHere(): Promise<boolean> {
  const given = await headers();
  const origin = given.get("origin");
  if (origin !== null && !(URL.canParse(origin) && new URL(origin).host === given.get("host"))) {
    return false;
  }
  return ["same-origin", "none", null].includes(given.get("sec-fetch-site"));
}

/**
 * Whether a page is being opened in a window, and no action called: a link to a page may stand anywhere.
 * In a frame of another page it would not be seen.
 */
export async function opensPage(): Promise<boolean> {
  const given = await headers();
  const isPage = given.get("sec-fetch-mode") === "navigate" && !given.has("next-action");
  return isPage && given.get("sec-fetch-dest") === "document";
}
