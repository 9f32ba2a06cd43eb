import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { recoveryCodeDigest } from "@/lib/auth/recovery-codes";
import { seal } from "@/lib/auth/seal";
import { accounts, recoveryCodes } from "@/lib/db/schema";
import { openStore } from "@/lib/db/store";
import { Secret } from "@/lib/secret";
import { SEEDED_STORE } from "./seeded-store";

type Codes = { readonly totpSecret: string; readonly recoveryCode: string };

/** Makes a store of sample people in which one has one-time codes; gives its directory. */
export async function seedCodes(
  email: string,
  { totpSecret, recoveryCode }: Codes,
  authSecret: string,
): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-e2e-codes-"));
  cpSync(process.env[SEEDED_STORE] ?? "", directory, { recursive: true });
  const { store, close } = await openStore({ kind: "embedded", directory });
  const [person] = await store.select().from(accounts).where(eq(accounts.email, email));
  if (person === undefined) throw new Error(`There is no ${email}.`);
  await store
    .update(accounts)
    .set({ totpSecret: seal(totpSecret, person.id, new Secret(authSecret)) })
    .where(eq(accounts.id, person.id));
  const digest = recoveryCodeDigest(recoveryCode);
  await store.insert(recoveryCodes).values({ accountId: person.id, digest });
  await close();
  return directory;
}
