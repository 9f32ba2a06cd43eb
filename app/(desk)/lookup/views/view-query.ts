import { VIEW_PARAMS } from "@/lib/view-input";
import { type LookupParams, loadLookupParams, serializeLookup } from "../search-params";

/** The part of an address's parameters that a view keeps. */
export type ViewParams = Pick<LookupParams, (typeof VIEW_PARAMS)[number]>;

/** What a view says of an address, read by its grammar: an old or a forged one says less, and breaks nothing. */
export function viewParams(query: string): ViewParams {
  const params = loadLookupParams(query);
  const kept = VIEW_PARAMS.map((name) => [name, params[name]] as const);
  return Object.fromEntries(kept) as ViewParams;
}

/** The part of an address that a view keeps, written in the one way, so that equal ones are equal. */
export function viewQuery(query: string): string {
  return serializeLookup(viewParams(query)).slice(1);
}
