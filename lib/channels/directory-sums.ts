import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels, channelTags } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { numberOrder } from "@/lib/subscriptions/text-order";
import { textOrder } from "./directory-order";
import type { DirectoryRange } from "./directory-query";
import { inSlice, type Slice } from "./directory-slices";
import { selectRange } from "./select-range";

/** What is told of channels that have a value in common. */
export type Sums = {
  /** Null: those of which none is known. */
  readonly value: string | null;
  readonly channels: number;
  /** Of the channels whose counts are known. */
  readonly subscribers: number;
  /** Of the channels whose changes are known; null where there is none. */
  readonly changeWeek: number | null;
};

type Summed = { -readonly [Name in keyof Sums]: Sums[Name] };

/** Adds up channels by a value of theirs, slice by slice. */
export class SumsByValue {
  readonly #sums = new Map<string | null, Summed>();

  /**
   * Takes the channels that a condition finds. They are added up here: the embedded store takes twice as
   * long to do it as to give them, each value for itself in lists.
   */
  async addChannels(store: Store, value: SQLWrapper, condition: SQL | undefined): Promise<void> {
    const { subscriberCount, changeWeek } = channels;
    const { rows } = (await store.execute(sql`
      select json_agg(${value}) as values, json_agg(${subscriberCount}) as counts,
        json_agg(${changeWeek}) as changes
      from channels where ${condition}`)) as unknown as { rows: Lists[] };
    const [lists] = rows;
    for (const [index, of] of (lists?.values ?? []).entries()) {
      this.#add(of, 1, lists?.counts?.[index] ?? 0, lists?.changes?.[index] ?? null);
    }
  }

  /** Takes only how many channels a condition finds. */
  async countChannels(store: Store, value: SQLWrapper, condition: SQL | undefined): Promise<void> {
    const { rows } = (await store.execute(sql`
      select json_agg(${value}) as values from channels where ${condition}`)) as unknown as {
      rows: Pick<Lists, "values">[];
    };
    for (const of of rows[0]?.values ?? []) this.#add(of, 1, 0, null);
  }

  /** Takes the tags of the channels that a condition finds in a slice; null: those without one. */
  async addTags(store: Store, slice: Slice, condition: SQL | undefined): Promise<void> {
    const { channelKey, tag } = channelTags;
    // Either is kept and looked into, whatever the planner knows of their sizes.
    const { rows } = (await store.execute(sql`
      with found as materialized (select key from channels where ${condition}),
      tagged as materialized (
        select ${channelKey} as key, ${tag} as tag from ${channelTags}
        where ${and(sql`true`, inSlice(slice, channelKey))}
      )
      select tag, count(*)::integer as channels from tagged
      where coalesce(key in (select key from found), false) group by tag
      union all
      select null, count(*)::integer from found
      where not coalesce(key in (select key from tagged), false) having count(*) > 0`)) as unknown as {
      rows: TagRow[];
    };
    for (const { tag, channels: many } of rows) this.#add(tag, many, 0, null);
  }

  #add(value: string | null, many: number, subscribers: number, changeWeek: number | null): void {
    const sums = this.#sums.get(value) ?? { value, channels: 0, subscribers: 0, changeWeek: null };
    sums.channels += many;
    sums.subscribers += subscribers;
    if (changeWeek !== null) sums.changeWeek = (sums.changeWeek ?? 0) + changeWeek;
    this.#sums.set(value, sums);
  }

  /** How many values there are. */
  get size(): number {
    return this.#sums.size;
  }

  /**
   * Some in the order of these sums, the greatest first; equal ones by their values, what is not known
   * last.
   */
  async by(
    first: "channels" | "subscribers",
    { offset, limit }: DirectoryRange,
  ): Promise<readonly Sums[]> {
    const second = first === "channels" ? "subscribers" : "channels";
    const all: readonly Sums[] = [...this.#sums.values()];
    const order = textOrder([...this.#sums.keys()]);
    const places = await selectRange(all.length, inOrder, offset, limit);
    return places.flatMap((place) => all[place] ?? []);

    function inOrder(left: number, right: number): number {
      const [a, b] = [all[left], all[right]];
      if (!a || !b || a === b) return 0;
      return (
        numberOrder(b[first], a[first]) ||
        numberOrder(b[second], a[second]) ||
        nullsLast(a.value, b.value, order)
      );
    }
  }
}

type TagRow = { readonly tag: string | null; readonly channels: number };

type Lists = {
  readonly values: (string | null)[] | null;
  readonly counts: (number | null)[] | null;
  readonly changes: (number | null)[] | null;
};

function nullsLast(
  a: string | null,
  b: string | null,
  order: (a: string, b: string) => number,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return order(a, b);
}
