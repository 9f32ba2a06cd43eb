import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { portOfWorker } from "./desk";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

test.use({ role: null });

const isRoot = process.getuid?.() === 0;

/** Whether there is an nginx; brought from the system's packages where that is allowed. */
function hasNginx(): boolean {
  const found = () => spawnSync("nginx", ["-v"]).status === 0;
  if (!found() && isRoot) spawnSync("apt-get", ["install", "--yes", "nginx"], { stdio: "ignore" });
  return found();
}

/** Starts an nginx in front of a desk, whose Host header it passes on without the port. */
async function startNginx(
  ports: readonly number[],
  deskPort: number,
): Promise<{ stop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-nginx-"));
  const bodies = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const configuration = `
    ${isRoot ? "user root;" : ""}
    daemon off;
    pid ${directory}/pid;
    error_log ${directory}/errors;
    events {}
    http {
      access_log off;
      ${bodies.join("\n")}
      server {
        ${ports.map((port) => `listen 127.0.0.1:${port};`).join("\n")}
        location / {
          proxy_pass http://127.0.0.1:${deskPort};
          proxy_set_header Host $host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }
      }
    }`;
  const path = join(directory, "nginx.conf");
  writeFileSync(path, configuration);
  const nginx = spawn("nginx", ["-p", directory, "-c", path, "-e", `${directory}/errors`]);
  const ended = once(nginx, "exit");
  for (let isOpen = false; !isOpen; ) {
    isOpen = await Promise.race([opens(ports.at(-1) ?? 0), ended.then(() => false)]);
    if (nginx.exitCode !== null)
      throw new Error(execFileSync("cat", [`${directory}/errors`]).toString());
  }
  return {
    stop: async () => {
      nginx.kill("SIGQUIT");
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Whether something listens on a port. */
async function opens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const isOpen = await Promise.race([
    once(socket, "connect").then(() => true),
    once(socket, "close").then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}

test("behind nginx the desk works without the port in Host, and names a port that is not its own", async ({
  apps,
  browser,
  gateway,
  openDesk,
}) => {
  test.slow();
  if (!hasNginx()) console.log("Skipped: there is no nginx, and it cannot be installed here.");
  test.skip(!hasNginx(), "There is no nginx, and it cannot be installed here.");
  const [right, wrong] = [await portOfWorker(), await portOfWorker()];
  const [appUrl, otherUrl] = [`http://127.0.0.1:${right}`, `http://127.0.0.1:${wrong}`];
  const desk = await openDesk(apps, gateway.url, {
    APP_URL: appUrl,
    TRUSTED_PROXIES: "127.0.0.1",
  });
  const nginx = await startNginx([right, wrong], Number(new URL(desk.url).port));
  const page = await (await browser.newContext({ baseURL: appUrl })).newPage();
  await page.goto("/sign-in");
  await untilAlive(page.getByLabel("Email"));
  await page.getByLabel("Email").fill("admin@demo.test");
  await page.getByLabel("Password", { exact: true }).fill(SAMPLE_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);

  // Cookies hold for every port of a host.
  await page.goto(`${otherUrl}/lookup`);
  await untilAlive(lookup.field);
  await lookup.lookUp("107867");
  await expect(lookup.alert).toContainText(
    `This page was opened at ${otherUrl}, but the address of Channel Desk is ${appUrl}.`,
  );
  await expect
    .poll(() => desk.output())
    .toContain(`"expected":"${appUrl}","received":"${otherUrl}"`);
  await page.context().close();
  await nginx.stop();
});
