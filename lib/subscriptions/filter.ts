import type { Field } from "@/lib/chat-api/types";

/** What a row can be filtered and sorted by: each field of the API, and the id that always comes. */
export type ColumnId = Field | "channelId";

/** Which questions can be asked of a column. */
export type FilterKind = "text" | "choice" | "count" | "time";

export const FILTER_KINDS: Readonly<Record<ColumnId, FilterKind>> = {
  name: "text",
  channelId: "text",
  ownerId: "choice",
  subscriberCount: "count",
  lastMessageAt: "time",
  createdAt: "time",
  introduction: "text",
  organization: "choice",
  avatarUrl: "text",
  customString: "text",
  subscribedAt: "time",
  subscriberCustomString: "text",
};

export const COLUMN_IDS = Object.keys(FILTER_KINDS) as readonly ColumnId[];

/**
 * One question of one column. Text compares without regard to case, composition and width (NFKC);
 * `is` compares exactly. Days are of 24 hours, counted back from the moment the rows were read.
 */
export type Filter =
  | { readonly op: "contains"; readonly text: string }
  | { readonly op: "is"; readonly text: string }
  /** Nothing is given; for a time: never. */
  | { readonly op: "empty" }
  /** Any of these values; null stands for "nothing is given". */
  | { readonly op: "oneOf"; readonly values: readonly (string | null)[] }
  /** Both ends included; null is open. */
  | { readonly op: "between"; readonly min: number | null; readonly max: number | null }
  | { readonly op: "before"; readonly at: Date }
  /** At this moment or later. */
  | { readonly op: "after"; readonly at: Date }
  | { readonly op: "withinDays"; readonly days: number };

/** At most one filter a column of a room; all of them must hold. */
export type ColumnFilters<Id extends string> = { readonly [Column in Id]?: Filter };

/** The filters of a subscriber's list. */
export type Filters = ColumnFilters<ColumnId>;

/** An order by one column of a room. */
export type ColumnSort<Id extends string> = {
  readonly column: Id;
  readonly descending: boolean;
};

/** The operators that a kind of column knows. */
export const OPERATORS: Readonly<Record<FilterKind, readonly Filter["op"][]>> = {
  text: ["contains", "is", "empty"],
  choice: ["oneOf"],
  count: ["between"],
  time: ["before", "after", "withinDays", "empty"],
};
