import { z } from "zod";
import { check, wholeNumber } from "@/lib/env-checks";
import { CommandError } from "./command";
import { availablePort } from "./listen";

const variables = z.object({ PORT: wholeNumber(0, 65_535).default(3000) });

/** The port of PORT, else 3000, on this machine alone; throws a CommandError when it is taken. */
export async function wantedPort(): Promise<number> {
  const wanted = check(variables, { PORT: process.env.PORT || undefined });
  if (!wanted.ok) throw new CommandError(wanted.failure.join("\n"));
  return availablePort(wanted.value.PORT, "127.0.0.1");
}
