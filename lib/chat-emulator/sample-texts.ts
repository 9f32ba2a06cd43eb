import vocabularies from "./sample-texts.json" with { type: "json" };

interface Words {
  readonly name: string;
  readonly introduction: string;
  readonly organization: string;
  readonly slug: string;
}

/** Returns the texts of a channel. Languages alternate; names repeat only after all are used. */
export function wordsOf(number: number): Words {
  const entries = LANGUAGES[number % LANGUAGES.length] ?? [];
  const turn = Math.floor(number / LANGUAGES.length);
  // A step coprime to the number of entries visits each of them once per round.
  const entry = entries[(turn * 577) % entries.length];
  if (entry === undefined) throw new Error(`no words for channel ${number}`);
  const { vocabulary, organization, topic, place } = entry;
  const [title, slug, introduction = ""] = topic;
  const round = Math.floor(turn / entries.length);
  const name = place + vocabulary.space + title;
  return {
    name: round === 0 ? name : `${name} ${round + 1}`,
    introduction: introduction.replaceAll("*", place),
    organization: organization.name,
    slug: `${organization.slug}_${slug}`,
  };
}

interface Vocabulary {
  /** The separator between place and title. */
  readonly space: string;
  /** Names separated by blanks. */
  readonly cities: string;
  readonly organizations: readonly Organization[];
}

interface Organization {
  readonly name: string;
  readonly slug: string;
  /** Title, word for the ID, and introduction, in which * is the place. */
  readonly topics: readonly (readonly string[])[];
}

const LANGUAGES = (vocabularies as readonly Vocabulary[]).map((vocabulary) =>
  vocabulary.organizations.flatMap((organization) =>
    organization.topics.flatMap((topic) =>
      vocabulary.cities.split(" ").map((place) => ({ vocabulary, organization, topic, place })),
    ),
  ),
);
