import { endWithParent } from "./children";
import { runCommand } from "./command";
import { startDesk } from "./desk";
import { readDotEnv } from "./environment";
import { wantedPort } from "./listen";
import { startSampleDesk } from "./sample-desk";

runCommand(async (life) => {
  endWithParent(life);
  readDotEnv();
  if (process.env.CHAT_APPS || process.env.CHAT_APPS_FILE) {
    console.log(`Channel Desk listening on ${await startDesk("development", life)}`);
  } else {
    await startSampleDesk("development", await wantedPort(), life);
  }
});
