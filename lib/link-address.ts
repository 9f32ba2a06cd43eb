/** The room whose addresses name subscribers, where a desk lets them. */
export const LINKED_PATH = "/lookup";

/** By which an address names the link behind which the rest of it is kept. */
export const LINK_PARAM = "link";

/** Says that an address was not followed, because it named in the open what it may not. */
export const REFUSED_PARAM = "refused";

/** What may stand in any address: the slug of an app, which is configuration and nobody's id. */
const OPEN_PARAM = "app";

// Without digits, so that no link can be taken for an id of digits by whoever searches a log for ids.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 17;

export const LINK_ID = new RegExp(`^[A-Za-z]{${ID_LENGTH}}$`);

/** An id that nobody guesses: 17 letters of 52 are 96 bits. */
export function newLinkId(): string {
  let id = "";
  while (id.length < ID_LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Every letter must be as likely as the others.
    if (byte < LETTERS.length * 4) id += LETTERS[byte % LETTERS.length];
  }
  return id;
}

export type SplitQuery = {
  /** What may stand in the address. */
  readonly open: URLSearchParams;
  /** What goes behind a link, written in the one way, so that equal ones are equal; or nothing. */
  readonly hidden: string;
};

/** Splits what a room's state is in words into what an address may say and what it may not. */
export function splitQuery(query: URLSearchParams): SplitQuery {
  const open = new URLSearchParams();
  const app = query.get(OPEN_PARAM);
  if (app !== null) open.set(OPEN_PARAM, app);
  const hidden = new URLSearchParams(query);
  for (const name of [OPEN_PARAM, LINK_PARAM, REFUSED_PARAM]) hidden.delete(name);
  hidden.sort();
  return { open, hidden: hidden.toString() };
}

/** The address that another one means whose state is behind a link, or null when it is in the open. */
export function linkedAddress(query: URLSearchParams): string | null {
  const id = query.get(LINK_PARAM);
  if (id === null) return null;
  const { open } = splitQuery(query);
  open.set(LINK_PARAM, id);
  return `${LINKED_PATH}?${open}`;
}

/** The whole query that an address means whose link stands for `hidden`. */
export function joinedQuery(address: URLSearchParams, hidden: string): URLSearchParams {
  const query = new URLSearchParams(hidden);
  const app = address.get(OPEN_PARAM);
  if (app !== null) query.set(OPEN_PARAM, app);
  return query;
}

/** Whether an address says something in the open that would have to be behind a link. */
export function saysTooMuch(address: URLSearchParams): boolean {
  return splitQuery(address).hidden !== "";
}
