/** The words from which the channels of one language are made. */
export interface Vocabulary {
  readonly places: readonly string[];
  /** What stands between the place and the title in a name. */
  readonly space: string;
  readonly organizations: readonly Organization[];
}

export interface Organization {
  readonly name: string;
  readonly slug: string;
  readonly topics: readonly Topic[];
}

/** Title, word for the id, and introduction, in which * stands for the place. */
export type Topic = readonly [title: string, slug: string, introduction: string];
