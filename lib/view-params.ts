import { FIELDS, type Field } from "./chat-api/types";
import { COLUMN_IDS } from "./subscriptions/filter";

/** The parameters of a lookup's address that say what is shown and how, not of whom and from where on. */
export const VIEW_PARAMS = ["fields", "q", "sort", "size", ...COLUMN_IDS] as const;

/** Characters of the longest address that can be saved. */
export const MAX_VIEW_QUERY = 4000;

/** Whether a query says nothing but what a view may keep. What it says of that is for who applies it. */
export function isViewQuery(query: string, params: readonly string[]): boolean {
  const names = [...new URLSearchParams(query).keys()];
  return (
    query.length <= MAX_VIEW_QUERY &&
    !query.includes("\0") &&
    names.every((name) => params.includes(name)) &&
    new Set(names).size === names.length
  );
}

/** A view without what it says of fields that a role may not see: a filter tells what is in them. */
export function visibleViewQuery(query: string, visible: readonly Field[]): string {
  const params = new URLSearchParams(query);
  const isVisible = (name: string) =>
    !FIELDS.some((field) => field === name) || visible.some((field) => field === name);
  for (const name of [...params.keys()]) if (!isVisible(name)) params.delete(name);
  for (const list of ["fields", "sort"]) {
    const names = params.get(list)?.split(",") ?? [];
    const kept = names.filter((name) => isVisible(name.replace(/^-/, "")));
    if (kept.length < names.length) params.set(list, kept.join(","));
  }
  return params.toString();
}
