import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SEEDED_DATABASE } from "./seeded-database";

/** Makes one database with the sample people, of which every desk under test gets a copy. */
export default function globalSetup(): () => void {
  if (!existsSync(".next/BUILD_ID")) {
    throw new Error("No build found. Run `npm run build` first.");
  }
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-seed-"));
  // A process of its own, since a database that is made takes a gigabyte until its process ends.
  execFileSync(process.execPath, ["--import", "tsx", "e2e/seed-database.ts", directory], {
    stdio: "inherit",
  });
  process.env[SEEDED_DATABASE] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
