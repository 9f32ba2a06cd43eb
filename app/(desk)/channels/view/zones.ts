import type { Region } from "@/lib/chat-api/regions";

/** Where people of an app's region mostly are. */
const ZONES: Readonly<Record<Region, string>> = {
  china: "Asia/Shanghai",
  singapore: "Asia/Singapore",
  seoul: "Asia/Seoul",
  tokyo: "Asia/Tokyo",
  frankfurt: "Europe/Berlin",
  siliconvalley: "America/Los_Angeles",
  jakarta: "Asia/Jakarta",
};

/** Zones to choose from: the person's own, UTC, the app's and those of the other regions, each once. */
export function zonesOf(own: string, region: Region | null, chosen: string | null): string[] {
  const ofRegion = region === null ? [] : [ZONES[region]];
  const named = chosen === null ? [] : [chosen];
  return [...new Set([own, "UTC", ...ofRegion, ...Object.values(ZONES), ...named])];
}
