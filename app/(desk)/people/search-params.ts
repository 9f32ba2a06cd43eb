import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
} from "nuqs/server";
import { parseAsOffset, parseAsSize } from "@/lib/list-params";

/** People per page. */
export const SIZES = [20, 50, 100] as const;

const LONGEST_SEARCH = 200;

const parseAsSearch = createParser<string>({
  parse: (text) => text.slice(0, LONGEST_SEARCH),
  serialize: parseAsString.serialize,
});

/** The search parameters of /people. */
const peopleParsers = {
  q: parseAsSearch.withDefault(""),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize(SIZES).withDefault(50),
};

export type PeopleParams = inferParserType<typeof peopleParsers>;

export const loadPeopleParams = createLoader(peopleParsers);
export const serializePeople = createSerializer(peopleParsers);
