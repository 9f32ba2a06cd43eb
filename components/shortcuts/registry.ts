import type { Keys } from "./keys";

/** In the order in which the palette and the help sheet show them. */
export const GROUPS = ["row", "table", "share", "go", "desk"] as const;
export type Group = (typeof GROUPS)[number];

export type Command = {
  /** When several are mounted under one id, the last of them is the command. */
  id: string;
  label: string;
  group: Group;
  keys?: Keys;
  run: () => void;
  /** A command that is not enabled stays in the help sheet, and nowhere else. */
  enabled?: boolean;
  /** Shown neither in the palette nor in the help sheet. */
  hidden?: boolean;
  /** Works while a dialog is open as well, which otherwise has the keyboard to itself. */
  inDialog?: boolean;
  /** Runs again and again while its key is held. */
  repeats?: boolean;
};

/** A command as its owner rendered it last. */
export type Mounted = { readonly current: Command };

/** What a text means that is no command, or null. */
export type Fallback = (text: string) => Meaning | null;
export type Meaning = { label: string; run: () => void };

let mounted: readonly Mounted[] = [];
let fallbacks: readonly { readonly current: Fallback }[] = [];
const listeners = new Set<() => void>();

/** Adds a command until the returned function is called. */
export function mountCommand(command: Mounted): () => void {
  update([...mounted, command]);
  return () => update(mounted.filter((other) => other !== command));
}

/** Adds a meaning of texts until the returned function is called; the last added is asked first. */
export function mountFallback(fallback: { readonly current: Fallback }): () => void {
  fallbacks = [fallback, ...fallbacks];
  return () => {
    fallbacks = fallbacks.filter((other) => other !== fallback);
  };
}

/** Tells who listens that a mounted command says something else than before. */
export function commandsChanged() {
  update([...mounted]);
}

export function subscribeToCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same array until something changes; the last of two commands with the same keys wins. */
export function mountedCommands(): readonly Mounted[] {
  return mounted;
}

/** One command an id, in the order of mounting. */
export function liveCommands(): readonly Command[] {
  const all = mounted.map(({ current }) => current);
  return all.filter((command) => all.findLast(({ id }) => id === command.id) === command);
}

/** Those that may run now. */
export function usableCommands(dialogOpen: boolean): readonly Command[] {
  return liveCommands().filter(
    ({ enabled = true, inDialog = false }) => enabled && (inDialog || !dialogOpen),
  );
}

export function runCommand(id: string) {
  liveCommands()
    .find((command) => command.id === id)
    ?.run();
}

export function meaningOf(text: string): Meaning | null {
  for (const { current } of fallbacks) {
    const meaning = current(text);
    if (meaning) return meaning;
  }
  return null;
}

function update(commands: readonly Mounted[]) {
  mounted = commands;
  for (const listener of listeners) listener();
}
