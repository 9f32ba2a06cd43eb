import { FIELDS, type Field } from "../chat-api/types";
import { COLUMN_IDS } from "../subscriptions/filter";
import { wellFormed } from "../subscriptions/folded-text";

/** The parameters of the lookup page that a view saves: not the subscriber and not the offset. */
export const VIEW_PARAMS = ["fields", "q", "sort", "size", ...COLUMN_IDS] as const;

/** Longest query that can be saved, in UTF-16 code units. */
export const MAX_VIEW_QUERY = 4000;

/** Returns whether a query has only parameters that a view may save. Does not check their values. */
export function isViewQuery(query: string, params: readonly string[]): boolean {
  const names = [...new URLSearchParams(query).keys()];
  return (
    query.length <= MAX_VIEW_QUERY &&
    !query.includes("\0") &&
    names.every((name) => params.includes(name)) &&
    new Set(names).size === names.length
  );
}

/** Removes fields that a role may not see from a query. A filter would reveal their values. */
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

/** Alerts for views that one person may have. */
export const MAX_VIEW_ALERTS = 20;

/** Longest name of a saved view, in UTF-16 code units. */
export const MAX_VIEW_NAME = 80;

/** Returns a typed name in normal form on one line, or null if it is invisible or too long. */
export function tidyViewName(typed: string): string | null {
  const name = wellFormed(typed).normalize("NFC").replace(SPACE, " ").trim();
  const isVisible = name.replace(INVISIBLE, "") !== "";
  return isVisible && name.length <= MAX_VIEW_NAME ? name : null;
}

const SPACE = /[\s\p{Cc}]+/gu;
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\u2800]/gu;
