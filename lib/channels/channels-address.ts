import { writeFilter } from "@/lib/subscriptions/filter-text";
import { writeSorts } from "@/lib/subscriptions/sort-text";
import type { DirectoryQuery } from "./known-channel";

/** What an address asks for; what it leaves out is as in a directory that was just opened. */
type Asked = Pick<DirectoryQuery, "app" | "view"> & Partial<DirectoryQuery>;

/** The address in the directory at which a query's channels stand. */
export function channelsAddress(
  { app, view, search = "", filters = {}, silentDays = [], band = null, sorts = [] }: Asked,
  defaultApp: string,
): string {
  const params = appParams(app, defaultApp);
  params.set("view", view);
  if (search !== "") params.set("q", search);
  for (const [column, filter] of Object.entries(filters)) params.set(column, writeFilter(filter));
  if (view === "silent") params.set("silent", silentDays.join(","));
  if (band !== null) params.set("band", String(band));
  if (sorts.length > 0) params.set("sort", writeSorts(sorts));
  return `/channels?${params}`;
}

/**
 * The address of one channel's page.
 *
 * @param defaultApp the app that need not be named; null where the address outlasts the configuration
 */
export function channelAddress(app: string, channelId: string, defaultApp: string | null): string {
  const params = appParams(app, defaultApp);
  params.set("channel", channelId);
  return `/channels/view?${params}`;
}

function appParams(app: string, defaultApp: string | null): URLSearchParams {
  return new URLSearchParams(app === defaultApp ? {} : { app });
}
