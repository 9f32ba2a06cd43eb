import { runCommand } from "@/lib/cli/command";
import { startSampleDesk } from "@/lib/cli/sample-desk";
import { wantedPort } from "@/lib/cli/wanted-port";

// What `npm run demo` does after it has built, so that no journey replaces the build under test.
runCommand(async (life) => startSampleDesk("production", await wantedPort(), life));
