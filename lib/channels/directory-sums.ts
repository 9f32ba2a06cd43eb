import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { numberOrder } from "@/lib/subscriptions/text-order";
import { codePointOrder } from "./directory-order";

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

type Summed = { channels: number; subscribers: number; changeWeek: number | null };

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

  /** Takes the tags of the channels that a condition finds; null: those without one. */
  async addTags(store: Store, condition: SQL | undefined): Promise<void> {
    const { rows } = (await store.execute(sql`
      select tag, count(*)::integer as channels
      from channels left join channel_tags on channel_tags.channel_key = channels.key
      where ${condition} group by tag`)) as unknown as { rows: TagRow[] };
    for (const { tag, channels: many } of rows) this.#add(tag, many, 0, null);
  }

  #add(value: string | null, many: number, subscribers: number, changeWeek: number | null): void {
    const sums = this.#sums.get(value) ?? { channels: 0, subscribers: 0, changeWeek: null };
    sums.channels += many;
    sums.subscribers += subscribers;
    if (changeWeek !== null) sums.changeWeek = (sums.changeWeek ?? 0) + changeWeek;
    this.#sums.set(value, sums);
  }

  /** In the order of these sums, the greatest first; equal ones by their values, what is not known last. */
  by(first: "channels" | "subscribers"): Sums[] {
    const second = first === "channels" ? "subscribers" : "channels";
    return [...this.#sums]
      .map(([value, sums]) => ({ value, ...sums }))
      .sort(
        (a, b) =>
          numberOrder(b[first], a[first]) ||
          numberOrder(b[second], a[second]) ||
          valueOrder(a.value, b.value),
      );
  }
}

type TagRow = { readonly tag: string | null; readonly channels: number };

type Lists = {
  readonly values: (string | null)[] | null;
  readonly counts: (number | null)[] | null;
  readonly changes: (number | null)[] | null;
};

function valueOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return codePointOrder(a, b);
}
