import {
  chinese,
  english,
  japanese,
  korean,
  type Organization,
  type Topic,
  type Vocabulary,
} from "./words-of-languages";

export interface Words {
  readonly name: string;
  readonly introduction: string;
  readonly organization: string;
  readonly slug: string;
}

interface Entry {
  readonly vocabulary: Vocabulary;
  readonly organization: Organization;
  readonly topic: Topic;
  readonly place: string;
}

const LANGUAGES = [english, chinese, korean, japanese].map(entriesOf);

/** The words of a channel: languages take turns, and names do not repeat before all are used. */
export function wordsOf(number: number): Words {
  const entries = LANGUAGES[number % LANGUAGES.length] ?? [];
  const turn = Math.floor(number / LANGUAGES.length);
  // A step that shares no factor with the number of entries visits each of them once a round.
  const entry = entries[(turn * 577) % entries.length];
  if (entry === undefined) throw new Error(`no words for channel ${number}`);
  const { vocabulary, organization, topic, place } = entry;
  const [title, slug, introduction] = topic;
  const round = Math.floor(turn / entries.length);
  const name = place + vocabulary.space + title;
  return {
    name: round === 0 ? name : `${name} ${round + 1}`,
    introduction: introduction.replaceAll("*", place),
    organization: organization.name,
    slug: `${organization.slug}_${slug}`,
  };
}

function entriesOf(vocabulary: Vocabulary): Entry[] {
  return vocabulary.organizations.flatMap((organization) =>
    organization.topics.flatMap((topic) =>
      vocabulary.places.map((place) => ({ vocabulary, organization, topic, place })),
    ),
  );
}
