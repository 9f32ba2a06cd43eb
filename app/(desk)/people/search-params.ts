import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
} from "nuqs/server";

/** People a page. */
export const SIZES = [20, 50, 100] as const;

const LONGEST_SEARCH = 200;

const parseAsOffset = createParser<number>({
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
  serialize: String,
});

/** A size that is not offered becomes the next larger one that is. */
const parseAsSize = createParser<number>({
  parse(text) {
    if (!/^\d{1,9}$/.test(text)) return null;
    return SIZES.find((size) => size >= Number(text)) ?? 100;
  },
  serialize: String,
});

const parseAsSearch = createParser<string>({
  parse: (text) => text.slice(0, LONGEST_SEARCH),
  serialize: parseAsString.serialize,
});

/** The grammar of the room's address. */
const peopleParsers = {
  q: parseAsSearch.withDefault(""),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize.withDefault(50),
};

export type PeopleParams = inferParserType<typeof peopleParsers>;

export const loadPeopleParams = createLoader(peopleParsers);
export const serializePeople = createSerializer(peopleParsers);
