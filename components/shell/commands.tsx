"use client";

import { type ComponentProps, useEffect, useLayoutEffect, useRef } from "react";
import type { Keys } from "./keys";

/** Command groups in the order of the palette and the help sheet. */
export const GROUPS = ["row", "table", "share", "go", "desk"] as const;
export type Group = (typeof GROUPS)[number];

export type Command = {
  /** If several commands have one id, the last one mounted is used. */
  id: string;
  label: string;
  group: Group;
  keys?: Keys;
  run: () => void;
  /** A disabled command is shown in the help sheet only. */
  enabled?: boolean;
  /** Also works while a dialog is open. */
  inDialog?: boolean;
  /** Repeats while the key is held. */
  repeats?: boolean;
};

/** A command as its component last rendered it. */
type Mounted = { readonly current: Command };

export type Meaning = { label: string; run: () => void };
/** `id` names it for the person too, because labels are not unique. */
export type Found = Meaning & { id: string };

/** What the palette offers for a text besides commands. */
export type TextMeanings = {
  /** Returns what a text means that matches no command, such as a pasted ID, or null. */
  meaningOf: (text: string) => Meaning | null;
  /** Finds what a text may name, such as known channels. */
  search: (text: string) => Promise<readonly Found[]>;
};

/** Props of the palette and the help sheet. */
export type CommandViewProps = TextMeanings & {
  apple: boolean;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
  /** The last change of the preference could not be stored. */
  notStored: boolean;
  onClose: () => void;
};

let mounted: readonly Mounted[] = [];
const listeners = new Set<() => void>();

/** Adds a command until the returned function is called. */
function mountCommand(command: Mounted): () => void {
  update([...mounted, command]);
  return () => update(mounted.filter((other) => other !== command));
}

/** Notifies listeners that a mounted command has changed. */
function commandsChanged() {
  update([...mounted]);
}

export function subscribeToCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns the same array until something changes. */
export function mountedCommands(): readonly Mounted[] {
  return mounted;
}

/** Returns one command for each id, in the order of mounting. */
export function liveCommands(): readonly Command[] {
  const all = mounted.map(({ current }) => current);
  return all.filter((command) => all.findLast(({ id }) => id === command.id) === command);
}

/** Returns the commands that can run now. */
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

function update(commands: readonly Mounted[]) {
  mounted = commands;
  for (const listener of listeners) listener();
}

/** Registers a command until the component unmounts. Runs the function of the last render. */
export function useCommand(command: Command): void {
  const latest = useRef(command);
  useLayoutEffect(() => {
    latest.current = command;
  });
  useEffect(() => mountCommand(latest), []);

  const { id, label, group, keys, enabled, inDialog } = command;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what others show of it
  useEffect(commandsChanged, [id, label, group, keys, enabled, inDialog]);
}

/** Registers a command while it is rendered. */
export function CommandOf(command: Command) {
  useCommand(command);
  return null;
}

type CommandButtonProps = Omit<ComponentProps<"button">, "onClick"> & { command: string };

/** A button that runs a registered command. */
export function CommandButton({ command, ...props }: CommandButtonProps) {
  return <button type="button" {...props} onClick={() => runCommand(command)} />;
}
