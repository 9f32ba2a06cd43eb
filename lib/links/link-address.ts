import type { links } from "@/lib/db/schema";

/** A page whose URLs can be behind a link. */
export type LinkedPage = (typeof links.$inferSelect)["page"];

/** The page whose state the browser itself writes into the URL. */
export const LINKED_PATH = "/lookup";

/** The parameter that names the link. */
export const LINK_PARAM = "link";

/** Marks a URL that was refused because it contained values that only a link may hold. */
export const REFUSED_PARAM = "refused";

/** Names parameters that override those of the link. */
export const WITHOUT_PARAM = "without";

/**
 * The pages whose URLs name subscribers, and the parameters that may appear in any URL: the slug of
 * an app, and in the audit log everything that is not typed.
 */
const OPEN_PARAMS: Readonly<Record<LinkedPage, readonly string[]>> = {
  lookup: ["app"],
  audit: [
    ...["app", "from", "to", "action", "outcome"],
    ...["sort", "size", "page", "through", WITHOUT_PARAM],
  ],
};

// Without digits, so that a search for numeric IDs in a log finds no link.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 23;

export const LINK_ID = new RegExp(`^[A-Za-z]{${ID_LENGTH}}$`);

/** Returns an ID that cannot be guessed: 23 letters of 52 are 131 bits. */
export function newLinkId(): string {
  let id = "";
  while (id.length < ID_LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Every letter must be equally likely.
    if (byte < LETTERS.length * 4) id += LETTERS[byte % LETTERS.length];
  }
  return id;
}

/** Returns the page of a path, if its URLs are split. */
export function linkedPage(pathname: string): LinkedPage | null {
  const pages = Object.keys(OPEN_PARAMS) as LinkedPage[];
  return pages.find((page) => pathname === `/${page}`) ?? null;
}

type SplitQuery = {
  /** What may appear in the URL. */
  readonly open: URLSearchParams;
  /** What the link stores, in a canonical form, or nothing. */
  readonly hidden: string;
};

/** Splits the state of a page into what a URL may contain and what it may not. */
export function splitQuery(page: LinkedPage, query: URLSearchParams): SplitQuery {
  const open = new URLSearchParams();
  const hidden = new URLSearchParams();
  for (const [name, value] of query) {
    if (OPEN_PARAMS[page].includes(name)) open.append(name, value);
    else if (name !== LINK_PARAM && name !== REFUSED_PARAM) hidden.append(name, value);
  }
  hidden.sort();
  return { open, hidden: hidden.toString() };
}

/** Returns the lookup URL for another one whose state is behind a link, or null. */
export function linkedAddress(query: URLSearchParams): string | null {
  const id = query.get(LINK_PARAM);
  if (id === null) return null;
  const { open } = splitQuery("lookup", query);
  open.set(LINK_PARAM, id);
  return `${LINKED_PATH}?${open}`;
}

/** Returns the whole query of a URL whose link stands for `hidden`. */
export function joinedQuery(
  page: LinkedPage,
  address: URLSearchParams,
  hidden: string,
): URLSearchParams {
  const query = new URLSearchParams(hidden);
  for (const [name, value] of splitQuery(page, address).open) query.append(name, value);
  return query;
}

/** Returns whether a URL openly contains something that must be behind a link. */
export function saysTooMuch(page: LinkedPage, address: URLSearchParams): boolean {
  return splitQuery(page, address).hidden !== "";
}
