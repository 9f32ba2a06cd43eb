import { openDatabase } from "@/lib/db/open-database";
import { seed } from "./seeded-database";

const directory = process.argv[2];
if (directory === undefined) throw new Error("Say into which directory.");

openDatabase({ kind: "embedded", directory }).then(async ({ db, close }) => {
  await seed(db);
  await close();
});
