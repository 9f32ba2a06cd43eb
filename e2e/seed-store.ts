import { addAccount } from "@/lib/auth/accounts";
import { addSamplePeople, SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { openStore } from "@/lib/db/open-store";
import { OTHER_PEOPLE } from "./seeded-store";

const directory = process.argv[2];
if (directory === undefined) throw new Error("Say into which directory.");

openStore({ kind: "embedded", directory }).then(async ({ store, close }) => {
  await addSamplePeople(store);
  for (const name of OTHER_PEOPLE) {
    const email = `${name}@demo.test`;
    await addAccount(store, { email, name, role: "support", password: SAMPLE_PASSWORD });
  }
  await close();
});
