import { openDatabase } from "@/lib/db/open-database";

const directory = process.argv[2];
if (directory === undefined) throw new Error("Say into which directory.");

openDatabase({ kind: "embedded", directory }).then(({ close }) => close());
