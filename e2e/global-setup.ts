import { existsSync } from "node:fs";
import { shareSeeded } from "./seeded-database";

/** Makes one database with the sample people. Every desk under test gets a copy. */
export default function globalSetup(): Promise<() => Promise<void>> {
  if (!existsSync(".next/BUILD_ID")) {
    throw new Error("No build found. Run `npm run build` first.");
  }
  return shareSeeded();
}
