import { callAction, type Deferred } from "@/lib/call-action";
import {
  joinedQuery,
  LINK_PARAM,
  linkedAddress,
  newLinkId,
  REFUSED_PARAM,
  splitQuery,
} from "@/lib/links/link-address";
import type { Result } from "@/lib/result";

export type NewLink = { readonly id: string; readonly query: string };

/** The query of a link; null if the link does not exist. */
export type OpenedLink = { readonly id: string; readonly query: string | null };

/** The server functions for links. */
export type LinkStore = {
  readonly store: (link: NewLink) => Promise<Deferred<Result<null, unknown>>>;
  readonly open: (id: string) => Promise<Deferred<Result<string | null, unknown>>>;
};

/** Why a link does not work. */
type LinkProblem =
  /** It is not stored, so nobody else can open it. */
  | "notStored"
  /** The desk does not know it, or not any more. */
  | "unknown"
  /** The desk was unreachable. */
  | "unreadable"
  /** The URL openly contained what it must not, and was not followed. */
  | "refused";

type Known = {
  readonly query: string;
  problem: LinkProblem | null;
  /** Settles when the result of storing is known. Never rejects. */
  stored: Promise<void>;
};

/**
 * The links that this tab has created or opened. A state has its link at once; storing it takes a
 * moment longer.
 */
export class LinkMemory {
  readonly #store: LinkStore;
  readonly #known = new Map<string, Known>();
  readonly #ids = new Map<string, string>();
  readonly #opening = new Set<string>();
  readonly #listeners = new Set<() => void>();
  /** The current URL. */
  #present = new URLSearchParams();
  /** The state of the last known URL. */
  #last = "";

  constructor(store: LinkStore, opened: OpenedLink | null) {
    this.#store = store;
    if (opened) this.#keep(opened);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Returns the state of a URL. Until its link is opened, returns the previous state. */
  queryOf(address: URLSearchParams): string {
    const id = address.get(LINK_PARAM);
    const known = id === null ? null : this.#known.get(id);
    return known === undefined
      ? this.#last
      : joinedQuery("lookup", address, known?.query ?? "").toString();
  }

  problemOf(address: URLSearchParams): LinkProblem | null {
    if (address.has(REFUSED_PARAM)) return "refused";
    return this.#known.get(address.get(LINK_PARAM) ?? "")?.problem ?? null;
  }

  /** Returns the URL of a state and starts storing the part behind its link. */
  addressOf(query: URLSearchParams): URLSearchParams {
    const { open, hidden } = splitQuery("lookup", query);
    if (hidden !== "") open.set(LINK_PARAM, this.#linkTo(hidden));
    return open;
  }

  /** The same for a request to the server: waits until the link is stored, if possible. */
  async storedAddressOf(query: URLSearchParams): Promise<URLSearchParams> {
    const address = this.addressOf(query);
    await this.#known.get(address.get(LINK_PARAM) ?? "")?.stored;
    return address;
  }

  /** Returns the URL that a pasted one means, or null if its state is in the open. */
  addressIn(pasted: string): string | null {
    return linkedAddress(new URLSearchParams(pasted));
  }

  /** Call it after every navigation. */
  arrive(address: URLSearchParams): void {
    this.#present = address;
    const id = address.get(LINK_PARAM);
    if (id === null || this.#known.has(id)) this.#last = this.queryOf(address);
    else void this.#open(id);
  }

  /** Retries after a problem with a URL. */
  retry(address: URLSearchParams): void {
    const id = address.get(LINK_PARAM);
    const known = id === null ? null : this.#known.get(id);
    if (id === null || !known) return;
    if (known.problem === "unreadable") void this.#open(id);
    else if (known.problem === "notStored") this.#send({ id, query: known.query }, known);
  }

  #linkTo(hidden: string): string {
    const present = this.#ids.get(hidden);
    const known = present === undefined ? null : this.#known.get(present);
    if (present !== undefined && known) {
      if (known.problem === "notStored") this.#send({ id: present, query: hidden }, known);
      return present;
    }
    const link = { id: newLinkId(), query: hidden };
    this.#send(link, this.#keep(link));
    return link.id;
  }

  #keep({ id, query }: OpenedLink): Known {
    const known: Known = {
      query: query ?? "",
      problem: query === null ? "unknown" : null,
      stored: Promise.resolve(),
    };
    this.#known.set(id, known);
    if (query) this.#ids.set(query, id);
    return known;
  }

  #send(link: NewLink, known: Known): void {
    known.stored = callAction(this.#store.store, link)
      .then(
        ({ ok }) => ok,
        () => false,
      )
      .then((isStored) => {
        known.problem = isStored ? null : "notStored";
        this.#tell();
      });
  }

  async #open(id: string): Promise<void> {
    if (this.#opening.has(id)) return;
    this.#opening.add(id);
    const result = await callAction(this.#store.open, id).catch(() => null);
    this.#opening.delete(id);
    if (result?.ok) this.#keep({ id, query: result.value });
    else this.#keep({ id, query: null }).problem = "unreadable";
    this.arrive(this.#present);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
