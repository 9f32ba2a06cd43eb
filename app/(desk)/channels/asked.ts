import { type DirectoryParams, serializeDirectory } from "./search-params";

/** What a browser asks of the directory: an address, without what only the screen needs. */
export type Asked = {
  readonly app: string;
  /** In the one way in which it is written, so that equal questions are equal. */
  readonly query: string;
  /** The courses of the counts are wanted, too. */
  readonly trends: boolean;
};

/** @param params those that are allowed */
export function askedOf(params: DirectoryParams, defaultApp: string): Asked {
  const app = params.app ?? defaultApp;
  const trends = params.group === null && params.columns.includes("trend");
  const query = serializeDirectory({ ...params, app, columns: null, row: null }).slice(1);
  return { app, query, trends };
}

/** The head of the keys of all that is read of channels. */
export const CHANNELS_KEY = ["channels"] as const;

/** The key of an answer of the directory; its head names the app. */
export function directoryKey({ app, query, trends }: Asked) {
  return [...CHANNELS_KEY, "page", app, query, trends] as const;
}
