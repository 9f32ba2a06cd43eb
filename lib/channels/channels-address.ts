import { writeFilter, writeSorts } from "@/lib/subscriptions/filter";
import type { DirectoryQuery } from "./known-channel";

/** A query of the list. Omitted parts have their defaults. */
type AddressQuery = Pick<DirectoryQuery, "app" | "view"> & Partial<DirectoryQuery>;

/** Returns the address of the list for a query. */
export function channelsAddress(
  { app, view, search = "", filters = {}, silentDays = [], band = null, sorts = [] }: AddressQuery,
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

/** The most channels of one chart. */
export const MOST_COMPARED = 5;

/**
 * Returns the address of one channel's page.
 *
 * @param defaultApp the app that the address omits; null for an address that must outlast the configuration
 * @param others the channels to compare with
 */
export function channelAddress(
  app: string,
  channelId: string,
  defaultApp: string | null,
  others: readonly string[] = [],
): string {
  const params = appParams(app, defaultApp);
  params.set("channel", channelId);
  if (others.length > 0) params.set("with", writeIds(others));
  return `/channels/view?${params}`;
}

/** Joins IDs by commas. A comma inside an ID is percent-encoded. */
export function writeIds(ids: readonly string[]): string {
  return ids.map((id) => id.replaceAll("%", "%25").replaceAll(",", "%2C")).join(",");
}

function appParams(app: string, defaultApp: string | null): URLSearchParams {
  return new URLSearchParams(app === defaultApp ? {} : { app });
}
