import { areCharacters, strokeOf } from "./keys";
import type { Command } from "./registry";
import { isTyping } from "./typing";

/** Milliseconds between the two letters of a sequence. */
const PAUSE = 1000;

type KeyHandlerOptions = {
  /** Those that may run now. */
  commands: () => readonly Command[];
  apple: boolean;
  /** Keys that write a character are commands too. */
  singleKeys: boolean;
  now: () => number;
};

/** Turns what is pressed into commands: the one listener for all of them. */
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

function lastWith(commands: readonly Command[], keys: string): Command | undefined {
  return commands.findLast((command) => command.keys === keys);
}
