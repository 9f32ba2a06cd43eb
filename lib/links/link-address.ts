import type { LinkedPage } from "./links";

/** The page whose state the browser itself writes into the address. */
export const LINKED_PATH = "/lookup";

/** By which an address names the link behind which the rest of it is kept. */
export const LINK_PARAM = "link";

/** Says that an address was not followed, because it named in the open what it may not. */
export const REFUSED_PARAM = "refused";

/** By which an address names what of its link does not hold. */
export const WITHOUT_PARAM = "without";

/**
 * The pages whose addresses name subscribers, where a desk lets them, and what may stand in any address:
 * the slug of an app, which is configuration and nobody's id, and of the audit what nobody types.
 */
const OPEN_PARAMS: Readonly<Record<LinkedPage, readonly string[]>> = {
  lookup: ["app"],
  audit: [
    ...["app", "from", "to", "action", "outcome"],
    ...["sort", "size", "page", "through", WITHOUT_PARAM],
  ],
};

// Without digits, so that no link can be taken for an id of digits by whoever searches a log for ids.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 23;

export const LINK_ID = new RegExp(`^[A-Za-z]{${ID_LENGTH}}$`);

/** An id that nobody guesses: 23 letters of 52 are 131 bits. */
export function newLinkId(): string {
  let id = "";
  while (id.length < ID_LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Every letter must be as likely as the others.
    if (byte < LETTERS.length * 4) id += LETTERS[byte % LETTERS.length];
  }
  return id;
}

/** The page of a path, if it is one whose addresses are split. */
export function linkedPage(pathname: string): LinkedPage | null {
  const pages = Object.keys(OPEN_PARAMS) as LinkedPage[];
  return pages.find((page) => pathname === `/${page}`) ?? null;
}

export type SplitQuery = {
  /** What may stand in the address. */
  readonly open: URLSearchParams;
  /** What goes behind a link, written in the one way, so that equal ones are equal; or nothing. */
  readonly hidden: string;
};

/** Splits what a page's state is in words into what an address may say and what it may not. */
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

/** The address of the lookup that another one means whose state is behind a link, or null when it is in the open. */
export function linkedAddress(query: URLSearchParams): string | null {
  const id = query.get(LINK_PARAM);
  if (id === null) return null;
  const { open } = splitQuery("lookup", query);
  open.set(LINK_PARAM, id);
  return `${LINKED_PATH}?${open}`;
}

/** The whole query that an address means whose link stands for `hidden`. */
export function joinedQuery(
  page: LinkedPage,
  address: URLSearchParams,
  hidden: string,
): URLSearchParams {
  const query = new URLSearchParams(hidden);
  for (const [name, value] of splitQuery(page, address).open) query.append(name, value);
  return query;
}

/** Whether an address says something in the open that would have to be behind a link. */
export function saysTooMuch(page: LinkedPage, address: URLSearchParams): boolean {
  return splitQuery(page, address).hidden !== "";
}
