import "server-only";
import { database } from "@/lib/db/database";
import { type Env, env } from "@/lib/env";
import { consume } from "./rate-limit";

/**
 * What is limited per person and per address, so that nobody copies the vendor's data through the desk,
 * or fills its database.
 */
export type Limit = "lookup" | "export" | "note";

// What people do in passing, as an address changes with each letter that is typed into a filter.
const NOTES_PER_LOOKUP = 10;

// Many people may work behind one address.
const PEOPLE_AT_AN_ADDRESS = 5;
const REFUSALS_PER_MINUTE = 60;

/** Counts one attempt. Returns null, or the seconds to wait when the limit is used up. */
export async function waitFor(
  limit: Limit,
  { userId, address }: { readonly userId: string; readonly address: string },
  now: Date,
): Promise<number | null> {
  const [each, windowSeconds] = rates(env())[limit];
  const result = await consume(
    await database(),
    [
      { subject: `${limit}:person:${userId}`, limit: each, windowSeconds },
      { subject: `${limit}:address:${address}`, limit: each * PEOPLE_AT_AN_ADDRESS, windowSeconds },
    ],
    now,
  );
  return result.allowed ? null : result.waitSeconds;
}

function rates({
  lookupsPerMinute,
  exportsPerHour,
}: Env): Readonly<Record<Limit, readonly [attempts: number, windowSeconds: number]>> {
  return {
    lookup: [lookupsPerMinute, 60],
    export: [exportsPerHour, 3600],
    note: [lookupsPerMinute * NOTES_PER_LOOKUP, 60],
  };
}

/** Whether a refused attempt from an address is still to be written down, or is one of a flood. */
export async function isWorthARow(address: string, now: Date): Promise<boolean> {
  const subject = `refusal:address:${address}`;
  const limits = [{ subject, limit: REFUSALS_PER_MINUTE, windowSeconds: 60 }];
  return (await consume(await database(), limits, now)).allowed;
}

/** Lists and files that are sent to one person at once. */
const MAX_STREAMS = 6;

declare global {
  // Each route is bundled for itself: all of them count together.
  var channelDeskStreams: Map<string, number> | undefined;
}

/**
 * Counts a list or file that is about to be sent to a person.
 *
 * @returns a function to call when it has ended, however often; null when too many are being sent already
 */
export function takeStream(userId: string): (() => void) | null {
  globalThis.channelDeskStreams ??= new Map();
  const streams = globalThis.channelDeskStreams;
  const count = streams.get(userId) ?? 0;
  if (count >= MAX_STREAMS) return null;
  streams.set(userId, count + 1);
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    const left = (streams.get(userId) ?? 1) - 1;
    if (left > 0) streams.set(userId, left);
    else streams.delete(userId);
  };
}
