import "server-only";
import { store } from "./db/store";
import { env } from "./env";
import { takeTurn } from "./rate-limit";

/** What is limited per person and per address, so that nobody copies the vendor's data through the desk. */
export type Limit = "lookup" | "export";

// Many people may work behind one address.
const PEOPLE_AT_AN_ADDRESS = 5;
const REFUSALS_PER_MINUTE = 60;

/** Counts one turn; gives the seconds to wait when there was none left, else null. */
export async function waitFor(
  limit: Limit,
  { userId, address }: { readonly userId: string; readonly address: string },
  now: Date,
): Promise<number | null> {
  const { lookupsPerMinute, exportsPerHour } = env();
  const [each, windowSeconds] =
    limit === "lookup" ? [lookupsPerMinute, 60] : [exportsPerHour, 3600];
  const turn = await takeTurn(
    await store(),
    [
      { subject: `${limit}:person:${userId}`, limit: each, windowSeconds },
      { subject: `${limit}:address:${address}`, limit: each * PEOPLE_AT_AN_ADDRESS, windowSeconds },
    ],
    now,
  );
  return turn.allowed ? null : turn.waitSeconds;
}

/** Whether a refused attempt from an address is still to be written down, or is one of a flood. */
export async function isWorthARow(address: string, now: Date): Promise<boolean> {
  const subject = `refusal:address:${address}`;
  const turns = [{ subject, limit: REFUSALS_PER_MINUTE, windowSeconds: 60 }];
  return (await takeTurn(await store(), turns, now)).allowed;
}
