import { existsSync } from "node:fs";

/** Takes from the file .env, where there is one, the variables that are not set. */
export function readDotEnv(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}
