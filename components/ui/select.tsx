import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** The browser's own select: its list is right on every device, in every language, at no cost. */
export function Select({ className = "", ...props }: ComponentProps<"select">) {
  return (
    <span className={`relative inline-flex ${className}`}>
      <select
        {...props}
        className="h-8 w-full appearance-none rounded-control border border-control bg-raised pr-7 pl-2.5 disabled:opacity-60"
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-2 right-2 size-4 text-muted"
      />
    </span>
  );
}
