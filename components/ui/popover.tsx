"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { floating } from "./floating";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

export function PopoverContent({ className = "", ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        {...props}
        className={`${floating} max-h-(--radix-popover-content-available-height) overflow-y-auto p-3 ${className}`}
      />
    </Radix.Portal>
  );
}
