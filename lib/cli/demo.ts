import { buildDesk, endWithParent } from "./children";
import { runCommand } from "./command";
import { wantedPort } from "./listen";
import { startSampleDesk } from "./sample-desk";

runCommand(async (life) => {
  endWithParent(life);
  // Checked first, because building takes a while.
  const port = await wantedPort();
  console.log("Building the dashboard, about half a minute …");
  await buildDesk(life);
  await startSampleDesk("production", port, life);
});
