import type { Keys } from "./keys";

/** How the platform writes keys, one text for each stroke: "⌘K" or "Ctrl K", and "G", "L". */
export function keyNames(keys: Keys, apple: boolean): string[] {
  return keys.split(" ").map((stroke) => {
    const key = stroke.replace("mod+", "");
    const name = (apple && key === "enter" ? "↵" : NAMES[key]) ?? key.toUpperCase();
    if (key === stroke) return name;
    return apple ? `⌘${name}` : `Ctrl ${name}`;
  });
}

const NAMES: Partial<Record<string, string>> = {
  enter: "Enter",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
};
