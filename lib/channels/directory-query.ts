import type { Filter } from "@/lib/subscriptions/filter";
import type { DirectoryFilterId, DirectorySortId, DirectoryView } from "./known-channel";

/** The texts of a channel that a search looks into. */
export const SEARCHED_TEXTS = ["name", "channelId", "ownerId", "organization"] as const;

/** Choices of a filter at most: the most frequent ones. */
export const MOST_CHOICES = 200;

export type SearchedText = (typeof SEARCHED_TEXTS)[number];

export type DirectorySort = { readonly column: DirectorySortId; readonly descending: boolean };

/** A band of silence: from the threshold of this index to the next one, or channels that never sent. */
export type Band = number | "never";

/** Which of the channels of an app are wanted, in which order, and who looks. */
export type DirectoryQuery = {
  readonly app: string;
  readonly view: DirectoryView;
  /** Found without regard to case, composition and width; blanks around it do not count. */
  readonly search: string;
  /** What the search looks into; without it, all texts. */
  readonly searched?: readonly SearchedText[];
  readonly filters: { readonly [Column in DirectoryFilterId]?: Filter };
  /**
   * The first decides, the next breaks its ties. What is not known comes last, either way. Equals, and all
   * without any, come as the desk met them.
   */
  readonly sorts: readonly DirectorySort[];
  /** Days without a message at which a band of silence begins, ascending. */
  readonly silentDays: readonly number[];
  /** One band of the view "silent" only. */
  readonly band: Band | null;
  /** Whose watches count besides the team's. */
  readonly userId: string;
};

export type DirectoryRange = { readonly offset: number; readonly limit: number };
