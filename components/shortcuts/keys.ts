// biome-ignore format: an alphabet reads better in one line
type Letter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z";
type Sign = "/" | "?" | "[" | "]";
type Arrow = "up" | "down" | "left" | "right";

/** What is pressed: one key, two letters one after the other, or a key with ⌘ (elsewhere Ctrl). */
export type Keys = Letter | Sign | Arrow | `${Letter} ${Letter}` | `mod+${Letter | "enter"}`;

/** Whether keys write a character, as in "t", "?" and "g l": those a person may switch off. */
export function areCharacters(keys: Keys): boolean {
  return /^.( .)?$/.test(keys);
}

type Pressed = Pick<
  KeyboardEvent,
  | "key"
  | "code"
  | "ctrlKey"
  | "metaKey"
  | "altKey"
  | "shiftKey"
  | "isComposing"
  | "keyCode"
  | "getModifierState"
>;

/** What a press means in the spelling of `Keys`, or null when it is nothing that a command may take. */
export function strokeOf(event: Pressed, apple: boolean): string | null {
  // Safari has ended the composition by then, and only the old key code 229 still tells.
  if (event.isComposing || event.keyCode === 229) return null;
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = writtenKey(event);
  if (key === null) return null;
  if (/^[^a-z]$/.test(key)) {
    // "/" may need Shift, and "[" AltGr or Option; Windows reports AltGr as Ctrl and Alt besides.
    if (event.getModifierState("AltGraph")) return key;
    return ctrlKey || metaKey || (altKey && !apple) ? null : key;
  }
  if (shiftKey || altKey) return null;
  if (!ctrlKey && !metaKey) return key;
  return (apple ? metaKey && !ctrlKey : ctrlKey && !metaKey) ? `mod+${key}` : null;
}

/** The key by what it writes; where that is not Latin (Hangul, kana, Cyrillic), by its place. */
function writtenKey({ key, code, shiftKey }: Pressed): string | null {
  // What fills in forms sends events that only look like keys.
  if (!key) return null;
  // Input methods also write signs and letters of full width.
  const plain = key.normalize("NFKC");
  if (/^[!-~]+$/.test(plain)) return plain.toLowerCase().replace("arrow", "");
  // By what is written, since the brackets of a Japanese keyboard lie one place further.
  if ("「【".includes(plain)) return "[";
  if ("」】".includes(plain)) return "]";
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null;
}
