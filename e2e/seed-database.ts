import { addAccount } from "@/lib/auth/accounts";
import { addSamplePeople, SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { openDatabase } from "@/lib/db/open-database";
import { OTHER_PEOPLE } from "./seeded-database";

const directory = process.argv[2];
if (directory === undefined) throw new Error("Say into which directory.");

openDatabase({ kind: "embedded", directory }).then(async ({ db, close }) => {
  await addSamplePeople(db);
  for (const name of OTHER_PEOPLE) {
    const email = `${name}@demo.test`;
    await addAccount(db, { email, name, role: "support", password: SAMPLE_PASSWORD });
  }
  await close();
});
