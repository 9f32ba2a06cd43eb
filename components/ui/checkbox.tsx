import type { ComponentProps, ReactNode } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & { children: ReactNode };

/** A checkbox and its words, which are part of the target. */
export function Checkbox({ children, className = "", ...props }: CheckboxProps) {
  return (
    <label className={`flex min-h-7 items-center gap-2 ${className}`}>
      <input type="checkbox" {...props} className="size-4 shrink-0 accent-accent" />
      {children}
    </label>
  );
}
