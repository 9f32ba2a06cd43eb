import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");

// Text needs 4.5; the border of a control, a focus ring and a graphic need 3.
const pairs: readonly [ratio: number, foreground: string, backgrounds: readonly string[]][] = [
  [4.5, "ink", ["background", "raised", "hover", "accent-soft"]],
  [4.5, "muted", ["background", "raised", "hover"]],
  [4.5, "accent-ink", ["background", "raised", "hover", "accent-soft"]],
  [4.5, "on-accent", ["accent", "accent-hover", "bad-fill"]],
  [4.5, "good", ["good-soft", "background", "raised"]],
  [4.5, "warn", ["warn-soft", "background", "raised"]],
  [4.5, "bad", ["bad-soft", "background", "raised"]],
  [3, "control", ["background", "raised"]],
  [3, "accent", ["background", "raised"]],
  [3, "ring", ["background", "raised", "accent-soft", "good-soft", "warn-soft", "bad-soft"]],
  ...[1, 2, 3, 4, 5, 6].map((n) => [3, `mark-${n}`, ["raised"]] as [number, string, string[]]),
];

const cases = pairs.flatMap(([ratio, foreground, backgrounds]) =>
  backgrounds.map((background) => ({ ratio, foreground, background })),
);

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(cases)("$foreground on $background has $ratio", ({ ratio, foreground, background }) => {
    const [one, other] = [luminance(foreground, theme), luminance(background, theme)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    expect(contrast).toBeGreaterThanOrEqual(ratio);
  });
});

function luminance(token: string, theme: "light" | "dark"): number {
  const value = new RegExp(`--color-${token}: (.+);`).exec(css)?.[1] ?? "";
  const [light = "", dark = light] = value.match(/#[0-9a-f]{6}/g) ?? [];
  const [red, green, blue] = channels(theme === "light" ? light : dark);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(hex: string): [number, number, number] {
  const linear = (start: number) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  };
  return [linear(1), linear(3), linear(5)];
}
