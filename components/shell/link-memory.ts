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

/** What a link stands for; null when there is no such link. */
export type OpenedLink = { readonly id: string; readonly query: string | null };

/** How the desk keeps links. */
export type LinkStore = {
  readonly store: (link: NewLink) => Promise<Deferred<Result<null, unknown>>>;
  readonly open: (id: string) => Promise<Deferred<Result<string | null, unknown>>>;
};

/** Why an address does not do what addresses do. */
export type LinkProblem =
  /** Nobody else can open it: what it stands for is only here. */
  | "notStored"
  /** The desk does not know it, or not any more. */
  | "unknown"
  /** The desk was not reached. */
  | "unreadable"
  /** It named in the open what it may not, and was not followed. */
  | "refused";

type Known = {
  readonly query: string;
  problem: LinkProblem | null;
  /** Settles when it is known whether it is stored; never rejects. */
  stored: Promise<void>;
};

/**
 * What the links stand for that this tab has made or met. A state has its address at once; what the
 * address stands for reaches the desk a moment later.
 */
export class LinkMemory {
  readonly #store: LinkStore;
  readonly #known = new Map<string, Known>();
  readonly #ids = new Map<string, string>();
  readonly #opening = new Set<string>();
  readonly #listeners = new Set<() => void>();
  /** Where the browser is. */
  #present = new URLSearchParams();
  /** The state of the last address that was understood. */
  #last = "";

  constructor(store: LinkStore, opened: OpenedLink | null) {
    this.#store = store;
    if (opened) this.#keep(opened);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state that an address stands for; until its link is opened, the one before. */
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

  /** The address of a state. What goes behind its link is on its way to the desk. */
  addressOf(query: URLSearchParams): URLSearchParams {
    const { open, hidden } = splitQuery("lookup", query);
    if (hidden !== "") open.set(LINK_PARAM, this.#linkTo(hidden));
    return open;
  }

  /** The same for whoever has the desk read the address at once: not before the desk knows it, if it can. */
  async storedAddressOf(query: URLSearchParams): Promise<URLSearchParams> {
    const address = this.addressOf(query);
    await this.#known.get(address.get(LINK_PARAM) ?? "")?.stored;
    return address;
  }

  /** The address that a pasted one means, or null when its state is in the open. */
  addressIn(pasted: string): string | null {
    return linkedAddress(new URLSearchParams(pasted));
  }

  /** Called when the browser has come to an address, by whatever way. */
  arrive(address: URLSearchParams): void {
    this.#present = address;
    const id = address.get(LINK_PARAM);
    if (id === null || this.#known.has(id)) this.#last = this.queryOf(address);
    else void this.#open(id);
  }

  /** Tries again what did not work with an address. */
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
