import type { SetValues } from "nuqs";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
} from "nuqs/server";
import { FIELDS, type Field } from "@/lib/chat-api/types";

/** Rows a page, as the vendor's Limit. */
export const SIZES = [20, 50, 100, 200] as const;

export const DEFAULT_FIELDS: readonly Field[] = [
  "name",
  "ownerId",
  "subscriberCount",
  "lastMessageAt",
  "avatarUrl",
  "subscribedAt",
];

/** Names the desk does not know are dropped; when none is left the default is meant. */
const parseAsFields = createParser<readonly Field[]>({
  parse(text) {
    const names = text.split(",");
    const known = FIELDS.filter((field) => names.includes(field));
    return known.length > 0 || text === "" ? known : null;
  },
  serialize: (fields) => FIELDS.filter((field) => fields.includes(field)).join(","),
  eq: (a, b) => a.length === b.length && a.every((field) => b.includes(field)),
});

const parseAsOffset = createParser<number>({
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
  serialize: String,
});

/** A size that is not offered becomes the next larger one that is. */
const parseAsSize = createParser<number>({
  parse(text) {
    if (!/^\d{1,9}$/.test(text)) return null;
    return SIZES.find((size) => size >= Number(text)) ?? 200;
  },
  serialize: String,
});

/** The grammar of a lookup's address. */
export const lookupParsers = {
  app: parseAsString,
  subscriber: parseAsString,
  fields: parseAsFields.withDefault(DEFAULT_FIELDS),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize.withDefault(50),
};

export type LookupParams = inferParserType<typeof lookupParsers>;

export const loadLookupParams = createLoader(lookupParsers);
export const serializeLookup = createSerializer(lookupParsers);

export type SetLookupParams = SetValues<typeof lookupParsers>;
