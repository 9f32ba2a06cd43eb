import type { Subscription } from "@/lib/chat-api/types";
import type { WholeSetEvent } from "@/lib/chat-api/whole-set";

type Held = { readonly offset: number; readonly rows: readonly Subscription[] };

/** Puts answers that come in any order into the list's: an answer waits until all before it were read. */
export class ListOrder {
  #held: Held[] = [];

  /** Takes an event and gives the rows whose turn has come. */
  add(event: WholeSetEvent): Subscription[] {
    if (event.type === "rows") {
      this.#held.push({ offset: event.offset, rows: event.subscriptions });
    }
    const firstUnread = event.unread[0]?.start ?? Number.POSITIVE_INFINITY;
    const ready = this.#held.filter(({ offset }) => offset < firstUnread);
    this.#held = this.#held.filter(({ offset }) => offset >= firstUnread);
    return ready.sort((a, b) => a.offset - b.offset).flatMap(({ rows }) => rows);
  }
}
