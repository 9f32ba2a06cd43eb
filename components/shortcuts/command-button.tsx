"use client";

import type { ComponentProps } from "react";
import { runCommand } from "./registry";

type CommandButtonProps = Omit<ComponentProps<"button">, "onClick"> & { command: string };

/** A button that runs a mounted command. */
export function CommandButton({ command, ...props }: CommandButtonProps) {
  return <button type="button" {...props} onClick={() => runCommand(command)} />;
}
