import { runCommand } from "@/lib/cli/command";
import { wantedPort } from "@/lib/cli/listen";
import { startSampleDesk } from "@/lib/cli/sample-desk";

// What `npm run demo` does after it has built, so that no journey replaces the build under test.
runCommand(async (life) => startSampleDesk("production", await wantedPort(), life));
