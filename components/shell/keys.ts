// biome-ignore format: an alphabet reads better in one line
type Letter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z";
type Sign = "/" | "?" | "[" | "]";
type Arrow = "up" | "down" | "left" | "right";

/** A shortcut: one key, two letters in sequence, or a key with ⌘ (Ctrl elsewhere). */
export type Keys = Letter | Sign | Arrow | `${Letter} ${Letter}` | `mod+${Letter | "enter"}`;

/** Returns whether a shortcut types characters, as "t", "?" and "g l" do. People can turn these off. */
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

/** Returns a key press in the spelling of `Keys`, or null if no command can use it. */
export function strokeOf(event: Pressed, apple: boolean): string | null {
  // Safari has already ended the composition. Only the legacy key code 229 shows it.
  if (event.isComposing || event.keyCode === 229) return null;
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = writtenKey(event);
  if (key === null) return null;
  if (/^[^a-z]$/.test(key)) {
    // "/" may need Shift, and "[" AltGr or Option. Windows also reports AltGr as Ctrl and Alt.
    if (event.getModifierState("AltGraph")) return key;
    return ctrlKey || metaKey || (altKey && !apple) ? null : key;
  }
  if (shiftKey || altKey) return null;
  if (!ctrlKey && !metaKey) return key;
  return (apple ? metaKey && !ctrlKey : ctrlKey && !metaKey) ? `mod+${key}` : null;
}

/** Returns the key by its character, or by its position on non-Latin keyboards (Hangul, kana, Cyrillic). */
function writtenKey({ key, code, shiftKey }: Pressed): string | null {
  // Form fillers send key events without a key.
  if (!key) return null;
  // Input methods also produce full-width characters.
  const plain = key.normalize("NFKC");
  if (/^[!-~]+$/.test(plain)) return plain.toLowerCase().replace("arrow", "");
  // By character: on Japanese keyboards the brackets are one position further right.
  if ("「【".includes(plain)) return "[";
  if ("」】".includes(plain)) return "]";
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null;
}

/** Returns the platform's name of each key press: "⌘K" or "Ctrl K"; "G", "L". */
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

/** Returns whether the User-Agent is of an Apple device, where ⌘ takes the place of Ctrl. */
export function isApple(userAgent: string | null): boolean {
  return /Mac|iPhone|iPad/.test(userAgent ?? "");
}

const INPUTS_WITHOUT_TEXT = ["checkbox", "button", "submit", "reset"]
  .map((type) => `[type=${type}]`)
  .join();

// Lists, menus and sliders use letters and arrow keys, as text fields do.
const TAKES_KEYS = [
  `input:not(${INPUTS_WITHOUT_TEXT})`,
  "textarea",
  "select",
  ...["textbox", "searchbox", "combobox", "spinbutton", "listbox", "menu", "slider"].map(
    (role) => `[role=${role}]`,
  ),
].join();

/** Returns whether key presses on the target belong to a field and not to a command. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(TAKES_KEYS) !== null;
}

/** Longest time between the two letters of a sequence, in milliseconds. */
const PAUSE = 1000;

/** The part of a command that the key handler uses. */
type KeyCommand = {
  readonly keys?: Keys;
  /** Repeats while the key is held. */
  readonly repeats?: boolean;
  readonly run: () => void;
};

type KeyHandlerOptions = {
  /** Returns the commands that can run now. */
  commands: () => readonly KeyCommand[];
  apple: boolean;
  /** Whether shortcuts that type characters are on. */
  singleKeys: boolean;
  now: () => number;
};

/** Returns a keydown listener that runs the commands. */
export function createKeyHandler(options: KeyHandlerOptions): (event: KeyboardEvent) => void {
  const { commands, apple, singleKeys, now } = options;
  let begun: string | null = null;
  let begunAt = 0;

  return (event) => {
    const stroke = event.defaultPrevented ? null : strokeOf(event, apple);
    if (stroke === null) return;
    const first = now() - begunAt <= PAUSE ? begun : null;
    begun = null;
    if (!stroke.startsWith("mod+") && isTyping(event.target)) return;

    const usable = commands().filter(({ keys }) => keys && (singleKeys || !areCharacters(keys)));
    const command =
      (first && lastWith(usable, `${first} ${stroke}`)) || lastWith(usable, stroke) || null;
    if (command) {
      event.preventDefault();
      if (!event.repeat || command.repeats) command.run();
    } else if (usable.some(({ keys }) => keys?.startsWith(`${stroke} `))) {
      begun = stroke;
      begunAt = now();
    }
  };
}

function lastWith(commands: readonly KeyCommand[], keys: string): KeyCommand | undefined {
  return commands.findLast((command) => command.keys === keys);
}
