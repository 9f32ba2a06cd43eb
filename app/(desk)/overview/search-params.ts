import { createLoader, parseAsString } from "nuqs/server";

/** The grammar of an overview's address. */
export const overviewParsers = { app: parseAsString };

export const loadOverviewParams = createLoader(overviewParsers);
