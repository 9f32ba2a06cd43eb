import { useEffect, useState } from "react";

/** Colours as a canvas takes them: of the lines by their places, and of what is around them. */
export type Colours = {
  readonly lines: readonly string[];
  readonly mark: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly ground: string;
  readonly font: string;
};

/** Reads the colours that the theme gives an element's children, each by its name or its place. */
export function readColours(probes: HTMLElement): Colours {
  const colourOf = (name: string) => {
    const probe = probes.querySelector(`[data-probe="${name}"]`);
    return probe ? getComputedStyle(probe).color : "";
  };
  const lines = [...probes.querySelectorAll("[data-line]")];
  return {
    lines: lines.map((probe) => getComputedStyle(probe).color),
    mark: colourOf("mark"),
    ink: colourOf("ink"),
    muted: colourOf("muted"),
    grid: colourOf("grid"),
    ground: colourOf("ground"),
    font: `12px ${getComputedStyle(probes).fontFamily}`,
  };
}

/** A number that is another one whenever the theme has changed, by the person's choice or the system's. */
export function useThemeChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = () => setChanges((count) => count + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    dark.addEventListener("change", changed);
    return () => {
      observer.disconnect();
      dark.removeEventListener("change", changed);
    };
  }, []);
  return changes;
}
