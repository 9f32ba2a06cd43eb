import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProcessDatabase } from "@/lib/db/open-database";
import { startEmulator } from "./children";
import type { Lifetime } from "./command";
import { startDesk } from "./desk";
import { unsetVariables } from "./environment";
import { addSampleHistory } from "./sample-history";
import { addSamplePeople, SAMPLE_PASSWORD, SAMPLE_PEOPLE } from "./sample-people";
import { addSampleWatches } from "./sample-watches";

const LISTEN_ADDRESS = "127.0.0.1";

/** Short enough to see numbers change. */
const REFRESH_MINUTES = 1;

/** Serves a dashboard with sample people and an emulator, with a temporary database. */
export async function startSampleDesk(
  mode: "production" | "development",
  port: number,
  life: Lifetime,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-"));
  life.atEnd(() => rmSync(directory, { recursive: true, force: true }));
  const apps = [
    { slug: "demo", name: "Demo", ...sampleApp(1400000001) },
    { slug: "demo-2", name: "Demo 2", ...sampleApp(1400000002) },
  ];
  const baseUrl = await startEmulator(apps, life);
  Object.assign(process.env, unsetVariables(), {
    APP_URL: `http://${LISTEN_ADDRESS}:${port}`,
    AUTH_SECRET: randomKey(),
    CHAT_APPS: JSON.stringify(apps.map((app) => ({ ...app, baseUrl }))),
    DATA_DIR: directory,
    PORT: String(port),
    LISTEN_ADDRESS,
    REFRESH_MINUTES: String(REFRESH_MINUTES),
  });
  const { db } = await openProcessDatabase();
  await addSamplePeople(db);
  const [app] = apps;
  if (app) {
    const now = new Date();
    await addSampleHistory(db, app, baseUrl, now);
    await addSampleWatches(db, app.slug, { refreshMinutes: REFRESH_MINUTES, now });
  }
  console.log(introduction(await startDesk(mode, life)));
}

function sampleApp(sdkAppId: number) {
  const [secretKey, callbackToken] = [randomKey(), randomKey()];
  return { sdkAppId, adminId: "administrator", secretKey, callbackToken };
}

function randomKey(): string {
  return randomBytes(32).toString("hex");
}

function introduction(address: string): string {
  const people = SAMPLE_PEOPLE.map(({ email }) => `    ${email}  ${SAMPLE_PASSWORD}`).join("\n");
  return `
Channel Desk listening on ${address}

  Sign in with one of these emails and the password beside it
${people}

  Subscriber IDs to look up
    107867         eight channels, the sample of the Tencent Cloud documentation
    user-1         a typical user
    follows-0      a user without subscriptions
    follows-10000  a user with 10,000 channels
    error-60021    an error: Tencent Cloud rejects this server's address

  The first app has 60 days of sample history. The team watches about thirty of its channels,
  which are updated every minute.

  Press Ctrl-C to stop.
`;
}
