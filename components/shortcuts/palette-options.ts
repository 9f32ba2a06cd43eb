import { type Command, GROUPS, type Group, type Meaning } from "./registry";

export type PaletteOption = Pick<Command, "id" | "label" | "keys" | "run">;
export type PaletteSection = { group: Group | "meaning"; options: readonly PaletteOption[] };

/** What the palette offers for a text: the commands it names, and what it means if it is none. */
export function paletteSections(
  commands: readonly Command[],
  text: string,
  meaningOf: (text: string) => Meaning | null,
): readonly PaletteSection[] {
  const named = commands.filter(({ hidden, label }) => !hidden && names(text, label));
  const sections: PaletteSection[] = GROUPS.map((group) => ({
    group,
    options: named.filter((command) => command.group === group),
  }));
  const meaning = text.trim() === "" ? null : meaningOf(text);
  if (meaning) {
    const section = { group: "meaning", options: [{ id: "meaning", ...meaning }] } as const;
    // A word may be both; then the command is the likelier one.
    if (named.length === 0) sections.unshift(section);
    else sections.push(section);
  }
  return sections.filter(({ options }) => options.length > 0);
}

/** Every word of the text is in the label. */
function names(text: string, label: string): boolean {
  const folded = fold(label);
  return fold(text)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** Compatibility forms are one, and a Hangul syllable is its letters, so that half a one finds too. */
function fold(text: string): string {
  return text.normalize("NFKD").toLowerCase();
}
