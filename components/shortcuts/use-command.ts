"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import {
  type Command,
  commandsChanged,
  type Fallback,
  mountCommand,
  mountFallback,
} from "./registry";

/** A command for as long as its owner is there; the function of the last render is the one that runs. */
export function useCommand(command: Command): void {
  const latest = useRef(command);
  useLayoutEffect(() => {
    latest.current = command;
  });
  useEffect(() => mountCommand(latest), []);

  const { id, label, group, keys, enabled, hidden, inDialog } = command;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what others show of it
  useEffect(commandsChanged, [id, label, group, keys, enabled, hidden, inDialog]);
}

/** What the palette offers for a text that is no command, such as an id somebody pastes. */
export function useCommandFallback(fallback: Fallback): void {
  const latest = useRef(fallback);
  useLayoutEffect(() => {
    latest.current = fallback;
  });
  useEffect(() => mountFallback(latest), []);
}
