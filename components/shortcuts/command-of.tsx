"use client";

import type { Command } from "./registry";
import { useCommand } from "./use-command";

/** A command for as long as it is rendered. */
export function CommandOf(command: Command) {
  useCommand(command);
  return null;
}
