import type { ComponentProps } from "react";

export function Input({ className = "", ...props }: ComponentProps<"input">) {
  return (
    <input
      {...props}
      className={`h-8 w-full min-w-0 rounded-control border border-control bg-raised px-2.5 disabled:opacity-60 aria-invalid:border-bad ${className}`}
    />
  );
}
