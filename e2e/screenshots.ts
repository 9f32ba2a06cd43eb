import { mkdirSync } from "node:fs";
import { type BrowserContextOptions, request } from "@playwright/test";
import { onStage } from "./bench/on-stage";
import type { Stage } from "./bench/stage";
import { type Role, signIn } from "./sign-in";

type Picture = {
  readonly name: string;
  /** Path and query of the page. */
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
  readonly locale: "en" | "ko";
  /** Who is signed in, or nobody; support where nothing is said. */
  readonly role?: Role | null;
};

const DIRECTORY = "public/screenshots";
const LARGE = { width: 1440, height: 900, theme: "light", locale: "en" } as const;
const LONG = "/lookup?subscriber=follows-10000&offset=5000";

const WHOLE = "/lookup?subscriber=follows-4999&sort=-subscriberCount&lastMessageAt=withinDays:30";

const PICTURES: readonly Picture[] = [
  { ...LARGE, name: "lookup", address: "/lookup?subscriber=107867", height: 690 },
  { ...LARGE, name: "deep-link", address: LONG, theme: "dark" },
  { ...LARGE, name: "whole-set", address: WHOLE },
  { ...LARGE, name: "failure", address: "/lookup?subscriber=error-60021", height: 480 },
  { name: "narrow", address: LONG, width: 390, height: 844, theme: "dark", locale: "ko" },
  { ...LARGE, name: "sign-in", address: "/sign-in", width: 720, height: 520, role: null },
  // After the others, so that there is something to see.
  { ...LARGE, name: "audit", address: "/audit", role: "admin" },
];

/** The pictures of the README, from the built dashboard over the emulator. */
onStage(async (stage) => {
  mkdirSync(DIRECTORY, { recursive: true });
  for (const picture of PICTURES) await take(stage, picture);
});

async function take({ browser, desk }: Stage, picture: Picture): Promise<void> {
  const { name, address, width, height, theme, locale, role = "support" } = picture;
  const options: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: theme,
    locale,
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...(role && { storageState: await signIn(request, desk, role) }),
  };
  const context = await browser.newContext(options);
  const preference = (key: string, value: string) => ({ name: key, value, url: desk });
  await context.addCookies([
    preference("theme", theme),
    preference("locale", locale),
    preference("timezone", "UTC"),
  ]);
  const page = await context.newPage();
  await page.goto(desk + address, { waitUntil: "networkidle" });
  await page.screenshot({ path: `${DIRECTORY}/${name}.png`, animations: "disabled" });
  await context.close();
  console.log(`${DIRECTORY}/${name}.png`);
}
