import { createLoader, parseAsString } from "nuqs/server";

/** The grammar of an overview's address. */
export const overviewParsers = { app: parseAsString };

export const loadOverviewParams = createLoader(overviewParsers);

/** By which an app's overview is kept in the browser. */
export function overviewKey(app: string): readonly string[] {
  return ["overview", app];
}
