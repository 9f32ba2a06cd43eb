import { foldedText } from "./folded-text";

/** A channel by what people call it. The name is null or absent where it is not known. */
export type ChannelName = { readonly channelId: string; readonly name?: string | null };

const SINGLE_QUOTES = /[\u2018-\u201b\u2032`\u00b4]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\u00ab\u00bb]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const NOT_LETTERS = /[^\p{L}\p{M}\p{N}]+/gu;

/** The form in which two spellings of one name are equal: case, width, quote style and extra blanks do not count. */
export function nameForm(text: string): string {
  const plain = foldedText(text)
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, "-")
    .replace(/\s+/g, " ")
    .trim();
  const quoted = /^(["'])(.*)\1$/.exec(plain);
  return quoted?.[2]?.trim() || plain;
}

/** Letters and digits of a text, without blanks and punctuation; the whole text where it has none. */
export function letterForm(text: string): string {
  const form = nameForm(text);
  return form.replace(NOT_LETTERS, "") || form;
}

/** The edits that a text of this many letters may differ by. */
export function editsAllowed(letters: number): number {
  if (letters < 4) return 0;
  return letters < 8 ? 1 : 2;
}

/**
 * How near a text is to a name: 0 the same letters, 1 the beginning, 2 a part, 3 all words in another
 * order, above that 3 plus the number of edits. Null when it is not near.
 */
export function nearness(query: string, name: string): number | null {
  return rank(queryForms(query), letterForm(name));
}

type Wanted = { readonly letters: string; readonly words: readonly string[] };

function queryForms(text: string): Wanted {
  const words = nameForm(text).split(NOT_LETTERS).filter(Boolean);
  return { letters: letterForm(text), words };
}

function rank({ letters, words }: Wanted, name: string): number | null {
  if (letters === "" || name === "") return null;
  if (name === letters) return 0;
  const at = name.indexOf(letters);
  if (at >= 0) return at === 0 ? 1 : 2;
  if (words.length > 1 && words.every((word) => name.includes(word))) return 3;
  const allowed = editsAllowed([...letters].length);
  if (allowed === 0) return null;
  const edits = editsToPart(letters, name);
  return edits <= allowed ? 3 + edits : null;
}

/** The fewest insertions, deletions and substitutions that turn a text into some part of another (Sellers). */
function editsToPart(text: string, whole: string): number {
  const letters = [...text];
  let before = letters.map((_, index) => index + 1);
  let best = letters.length;
  for (const character of whole) {
    let diagonal = 0;
    let above = 0;
    before = before.map((left, index) => {
      const same = letters[index] === character ? 0 : 1;
      const edits = Math.min(diagonal + same, left + 1, above + 1);
      diagonal = left;
      above = edits;
      return edits;
    });
    best = Math.min(best, above);
  }
  return best;
}

/**
 * Returns the subscriber's channels near a text, then other known ones, each ID once. However many known
 * channels are nearer, they never push out a channel of the subscriber.
 */
export function nearOwnChannels(
  text: string,
  own: readonly ChannelName[],
  known: readonly ChannelName[],
  limit: number,
): ChannelName[] {
  const ownIds = new Set(own.map(({ channelId }) => channelId));
  const others = known.filter(({ channelId }) => !ownIds.has(channelId));
  return [...nearChannels(text, own, limit), ...nearChannels(text, others, limit)].slice(0, limit);
}

/** The channels whose name or ID is near a text, nearest first, each ID once. */
export function nearChannels<Channel extends ChannelName>(
  text: string,
  channels: readonly Channel[],
  limit: number,
): Channel[] {
  const query = queryForms(text);
  const ranks = new Map<string, { channel: Channel; rank: number; length: number }>();
  for (const channel of channels) {
    if (ranks.has(channel.channelId)) continue;
    const { name, id } = formsOf(channel);
    const found = [rank(query, name), rank(query, id)].filter((each) => each !== null);
    if (found.length === 0) continue;
    ranks.set(channel.channelId, { channel, rank: Math.min(...found), length: name.length });
  }
  return [...ranks.values()]
    .sort((a, b) => a.rank - b.rank || a.length - b.length)
    .slice(0, limit)
    .map(({ channel }) => channel);
}

const forms = new WeakMap<ChannelName, { readonly name: string; readonly id: string }>();

/** The forms are kept, because the same channels are compared at every key. */
function formsOf(channel: ChannelName) {
  const known = forms.get(channel);
  if (known) return known;
  const made = { name: letterForm(channel.name ?? ""), id: letterForm(channel.channelId) };
  forms.set(channel, made);
  return made;
}
