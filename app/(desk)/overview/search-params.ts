import { createLoader, parseAsString } from "nuqs/server";

/** The search parameters of /overview. */
export const overviewParsers = { app: parseAsString };

export const loadOverviewParams = createLoader(overviewParsers);

/** The query key of an app's overview. */
export function overviewKey(app: string): readonly string[] {
  return ["overview", app];
}
