"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { floating } from "./floating";

/** Not modal: that would hide the page from assistive technology and leave it focusable. */
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}

export const MenuTrigger = Radix.Trigger;

export function MenuContent({ className = "", ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        {...props}
        className={`${floating} max-h-(--radix-dropdown-menu-content-available-height) min-w-40 overflow-y-auto p-1 ${className}`}
      />
    </Radix.Portal>
  );
}

export function MenuItem(props: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item {...props} className={item} />;
}

/** An item that is on or off; choosing it keeps the menu open. */
export function MenuCheckboxItem({
  children,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem {...props} onSelect={(event) => event.preventDefault()} className={item}>
      <span className="size-4">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-4 text-accent-ink" />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel(props: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label {...props} className="px-2 py-1 text-dense text-muted" />;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

const item =
  "flex min-h-8 cursor-default select-none items-center gap-2 rounded-control px-2 outline-none data-disabled:opacity-50 data-highlighted:bg-hover forced-colors:data-highlighted:outline-2";
