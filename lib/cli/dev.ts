import { runCommand } from "./command";
import { startDesk } from "./desk";
import { readDotEnv } from "./dot-env";
import { endWithParent } from "./end-with-parent";
import { startSampleDesk } from "./sample-desk";
import { wantedPort } from "./wanted-port";

runCommand(async (life) => {
  endWithParent(life);
  readDotEnv();
  if (process.env.CHAT_APPS || process.env.CHAT_APPS_FILE) {
    console.log(`Channel Desk listening on ${await startDesk("development", life)}`);
  } else {
    await startSampleDesk("development", await wantedPort(), life);
  }
});
