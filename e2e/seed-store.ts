import { addSamplePeople } from "@/lib/cli/sample-people";
import { openStore } from "@/lib/db/store";

const directory = process.argv[2];
if (directory === undefined) throw new Error("Say into which directory.");

openStore({ kind: "embedded", directory }).then(async ({ store, close }) => {
  await addSamplePeople(store);
  await close();
});
