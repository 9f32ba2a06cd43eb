import { mkdirSync } from "node:fs";
import { type Browser, type BrowserContextOptions, expect, request } from "@playwright/test";
import { buildDesk } from "@/lib/cli/children";
import type { Lifetime } from "@/lib/cli/command";
import { availablePort } from "@/lib/cli/listen";
import { startProgram } from "./desk";
import { launchBrowser } from "./launch-browser";
import { type Role, signIn } from "./sign-in";
import { toTheEnd } from "./to-the-end";

type Picture = {
  readonly name: string;
  /** Path and query of the page. */
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
  readonly locale: "en" | "ko";
  /** Who is signed in, or nobody. */
  readonly role: Role | null;
  /** What it says before it is taken; something does so by and by. */
  readonly says?: string;
};

const DIRECTORY = "public/screenshots";

const LARGE = { width: 1440, height: 900, theme: "light", locale: "en" } as const;
const SUPPORT = { ...LARGE, role: "support" } as const;
const PRODUCT = { ...LARGE, role: "product" } as const;
const ADMIN = { ...LARGE, role: "admin" } as const;

const LONG = "/lookup?subscriber=follows-10000&offset=5000";
const WHOLE = "/lookup?subscriber=follows-4999&sort=-subscriberCount&lastMessageAt=withinDays:30";
const TREND = `/channels/view?${new URLSearchParams({
  channel: "@TOA#_harbour_music_8",
  range: "90d",
  with: "@TOA#_@TOA#F610,@TOA#_kurashi_museum_1771",
  index: "1",
})}`;

const PICTURES: readonly Picture[] = [
  // Before the lookups: the desk remembers all channels that it meets there.
  { ...PRODUCT, name: "overview", address: "/overview", height: 980, says: "last refreshed" },
  { ...PRODUCT, name: "channels", address: "/channels?view=growing&sort=-changeWeek" },
  { ...PRODUCT, name: "trend", address: TREND, height: 970 },
  { ...ADMIN, name: "status", address: "/status" },
  { ...SUPPORT, name: "lookup", address: "/lookup?subscriber=107867", height: 690 },
  { ...SUPPORT, name: "deep-link", address: LONG, theme: "dark" },
  { ...SUPPORT, name: "whole-set", address: WHOLE },
  { ...SUPPORT, name: "failure", address: "/lookup?subscriber=error-60021", height: 480 },
  {
    ...SUPPORT,
    name: "narrow",
    address: LONG,
    width: 390,
    height: 844,
    theme: "dark",
    locale: "ko",
  },
  { ...LARGE, name: "sign-in", address: "/sign-in", width: 720, height: 520, role: null },
  // After the others, so that there is something to see.
  { ...ADMIN, name: "audit", address: "/audit" },
];

/** The pictures of the README, from the demo over a new build. */
toTheEnd(async (life) => {
  await buildDesk(life);
  const demo = await startDemo(life);
  const browser = await launchBrowser(life);
  mkdirSync(DIRECTORY, { recursive: true });
  for (const picture of PICTURES) await take(browser, demo, picture);
});

/** Gives its address. */
async function startDemo(life: Lifetime): Promise<string> {
  const port = await availablePort(0, "127.0.0.1");
  const demo = startProgram("e2e/run-sample-desk.ts", { PORT: String(port) });
  life.atEnd(() => demo.end("SIGTERM"));
  await demo.printed(/Press Ctrl-C/);
  return `http://127.0.0.1:${port}`;
}

async function take(browser: Browser, demo: string, picture: Picture): Promise<void> {
  const { name, address, width, height, theme, locale, role, says } = picture;
  const options: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: theme,
    locale,
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...(role && { storageState: await signIn(request, demo, role) }),
  };
  const context = await browser.newContext(options);
  const preference = (key: string, value: string) => ({ name: key, value, url: demo });
  await context.addCookies([
    preference("theme", theme),
    preference("locale", locale),
    preference("timezone", "UTC"),
  ]);
  const page = await context.newPage();
  await expect(async () => {
    await page.goto(demo + address, { waitUntil: "networkidle" });
    if (says !== undefined) await expect(page.locator("body")).toContainText(says, { timeout: 1 });
  }).toPass({ timeout: 60_000 });
  await page.screenshot({ path: `${DIRECTORY}/${name}.png`, animations: "disabled" });
  await context.close();
  console.log(`${DIRECTORY}/${name}.png`);
}
