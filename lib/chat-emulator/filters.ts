import { isJsonObject } from "./json";
import { Refusal } from "./refusal";

/**
 * The fields that one filter of ResponseFilter asks for; absent is all of them. The vendor's page
 * says nothing of empty arrays and unknown names: refusing both is our strict reading.
 */
export function askedFields(
  responseFilter: unknown,
  filter: string,
  known: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (responseFilter === undefined) return [...known.keys()];
  if (!isJsonObject(responseFilter)) throw new Refusal(6017, "ResponseFilter should be an object");
  const names = responseFilter[filter];
  if (names === undefined) return [...known.keys()];
  if (!Array.isArray(names) || names.length === 0) {
    throw new Refusal(6017, `${filter} should be an array of field names, not empty`);
  }
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new Refusal(6017, `${filter} has an unknown field ${JSON.stringify(stranger)}`);
  }
  return names;
}
