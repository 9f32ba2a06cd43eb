import fc from "fast-check";
import type { Subscription } from "@/lib/chat-api/types";
import { COLUMN_IDS, FILTER_KINDS, type Filter, type FilterKind } from "@/lib/subscriptions/filter";
import type { ViewQuery } from "@/lib/subscriptions/view";

const PIECES =
  "a A ａ b é e\u0301 ß SS ẞ İ I i ı σ ς Σ ﬁ 北 京 東 한 \u1112\u1161\u11ab か か\u3099 が ｶﾞ ガ 👩‍👩‍👧 \u202e ש م 0 00 1 9 10 99 1234567890123456789 1234567890123456790 @TOA#_ , % : - _ . \ud83d \udc69 \u0000 \u00a0 \u3000".split(
    " ",
  );

/** Texts that look alike, and now and then anything at all, halves of characters among it. */
export const texts = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...PIECES, " "), maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
      .map((units) => String.fromCharCode(...units)),
  },
);

export const givenTexts = texts.filter((text) => text !== "");

const counts = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
const DAY = 86_400_000;
export const NOW = new Date("2026-03-01T12:00:00.000Z");
/** Near to now, mostly, and at most as far away as a date can be. */
export const moments = fc.oneof(
  fc.integer({ min: -40, max: 3 }).map((days) => new Date(NOW.getTime() + days * DAY)),
  fc.date({ noInvalidDate: true }),
);

/** Given, given as nothing, or not asked for. */
const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 5, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

export const subscriptions: fc.Arbitrary<Subscription> = fc.record({
  channelId: givenTexts,
  name: maybe(givenTexts),
  ownerId: maybe(givenTexts),
  subscriberCount: maybe(counts),
  lastMessageAt: maybe(moments),
  createdAt: maybe(moments),
  introduction: maybe(givenTexts),
  organization: maybe(givenTexts),
  avatarUrl: maybe(givenTexts),
  customString: maybe(givenTexts),
  subscribedAt: maybe(moments),
  subscriberCustomString: maybe(givenTexts),
});

const between = (numbers: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.option(numbers), fc.option(numbers))
    .filter(([min, max]) => min !== null || max !== null)
    .map(([a, b]): Filter => {
      const isBoth = a !== null && b !== null;
      const ends = isBoth ? { min: Math.min(a, b), max: Math.max(a, b) } : { min: a, max: b };
      return { op: "between", ...ends };
    });

const days = fc.integer({ min: 1, max: 3650 });

const empty = fc.constant<Filter>({ op: "empty" });

/** What can be asked of a column of each kind. */
export const filtersOf: Readonly<Record<FilterKind, fc.Arbitrary<Filter>>> = {
  text: fc.oneof(
    empty,
    givenTexts.map((text): Filter => ({ op: "contains", text })),
    givenTexts.map((text): Filter => ({ op: "is", text })),
  ),
  choice: fc
    .uniqueArray(fc.option(givenTexts), { minLength: 1, maxLength: 5 })
    .map((values): Filter => ({ op: "oneOf", values })),
  count: between(counts),
  change: between(fc.maxSafeInteger()),
  percent: between(fc.integer({ min: -1e9, max: 1e9 }).map((parts) => parts / 1e4)),
  time: fc.oneof(
    empty,
    moments.map((at): Filter => ({ op: "before", at })),
    moments.map((at): Filter => ({ op: "after", at })),
    days.map((many): Filter => ({ op: "withinDays", days: many })),
    days.map((many): Filter => ({ op: "notWithinDays", days: many })),
  ),
};

const filters = fc
  .uniqueArray(
    fc
      .constantFrom(...COLUMN_IDS)
      .chain((column) =>
        filtersOf[FILTER_KINDS[column]].map((filter) => [column, filter] as const),
      ),
    { maxLength: 3, selector: ([column]) => column },
  )
  .map((entries) => Object.fromEntries(entries));

export const sorts = fc.uniqueArray(
  fc.record({ column: fc.constantFrom(...COLUMN_IDS), descending: fc.boolean() }),
  { maxLength: 3, selector: ({ column }) => column },
);

export const viewQueries: fc.Arbitrary<ViewQuery> = fc.record({
  search: fc.oneof(fc.constant(""), texts),
  filters,
  sorts,
});
