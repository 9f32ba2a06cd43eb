import { addAccount } from "@/lib/auth/accounts";
import type { Database } from "@/lib/db/database";

/** The same for all sample people, whose database is temporary. */
export const SAMPLE_PASSWORD = "channel-desk-demo";

export const SAMPLE_PEOPLE = [
  { email: "support@demo.test", name: "Sam Support", role: "support" },
  { email: "product@demo.test", name: "Pat Product", role: "product" },
  { email: "admin@demo.test", name: "Alex Admin", role: "admin" },
] as const;

export async function addSamplePeople(db: Database): Promise<void> {
  for (const person of SAMPLE_PEOPLE) {
    await addAccount(db, { ...person, password: SAMPLE_PASSWORD });
  }
}
