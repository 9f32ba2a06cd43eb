import type { DirectoryQuery, DirectorySort } from "@/lib/channels/directory-query";
import { writeFilter } from "@/lib/subscriptions/filter-text";
import { writeSorts } from "@/lib/subscriptions/sort-text";

/** The address in the directory at which a query's channels stand. */
export function channelsAddress(
  query: DirectoryQuery,
  defaultApp: string,
  sorts: readonly DirectorySort[] = query.sorts,
): string {
  const { app, view, search, filters, silentDays, band } = query;
  const params = appParams(app, defaultApp);
  params.set("view", view);
  if (search !== "") params.set("q", search);
  for (const [column, filter] of Object.entries(filters)) params.set(column, writeFilter(filter));
  if (view === "silent") params.set("silent", silentDays.join(","));
  if (band !== null) params.set("band", String(band));
  if (sorts.length > 0) params.set("sort", writeSorts(sorts));
  return `/channels?${params}`;
}

/** The address of one channel's page. */
export function channelAddress(app: string, channelId: string, defaultApp: string): string {
  const params = appParams(app, defaultApp);
  params.set("channel", channelId);
  return `/channels/view?${params}`;
}

function appParams(app: string, defaultApp: string): URLSearchParams {
  return new URLSearchParams(app === defaultApp ? {} : { app });
}
