import { buildDesk } from "./build";
import { runCommand } from "./command";
import { endWithParent } from "./end-with-parent";
import { startSampleDesk } from "./sample-desk";
import { wantedPort } from "./wanted-port";

runCommand(async (life) => {
  endWithParent(life);
  // Found out first, since building takes a while.
  const port = await wantedPort();
  console.log("Building the dashboard, about half a minute …");
  await buildDesk(life);
  await startSampleDesk("production", port, life);
});
