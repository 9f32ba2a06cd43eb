import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlLine } from "./trace";

const PATH = "/v4/service/command";

/** What a POSIX shell hands to curl. */
function argumentsIn(line: string): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${line}\n`;
  const env = { PATH: process.env.PATH, ADMIN_ID: "admin", USERSIG: "sig", RANDOM: "7" };
  const shell = spawnSync("sh", ["-c", script], { encoding: "utf8", env: env as never });
  expect(shell.stderr).toBe("");
  return shell.stdout.split("\0").slice(0, -1);
}

describe("the line for a shell", () => {
  it.each([
    "107867",
    "it's",
    "'; touch /tmp/x; '",
    "$(id)`id`$HOME",
    'a"b\\c\\',
    "two\nlines\ttab",
    "!! *?[a] ~ #",
    "-o/etc/passwd",
    "频道\u2028",
  ])("brings the id %j to the vendor as it is", (id) => {
    const body = JSON.stringify({ Subscriber_Account: id });
    const words = argumentsIn(
      curlLine({ origin: "https://host.example", path: PATH, sdkAppId: 14, body }),
    );
    expect(words).toEqual([
      ...["-sS", "-X", "POST"],
      `https://host.example${PATH}?sdkappid=14&identifier=admin&usersig=sig&random=7&contenttype=json`,
      ...["-H", "Content-Type: application/json", "--data-raw", body],
    ]);
  });

  it("lets no address run a command", () => {
    const origin = 'http://a$(id)`id`"$HOME';
    const words = argumentsIn(curlLine({ origin, path: PATH, sdkAppId: 14, body: "{}" }));
    expect(words[3]).toContain(origin);
  });
});
