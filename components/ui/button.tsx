import type { ComponentProps } from "react";

type Variant = "primary" | "secondary" | "ghost" | "danger";

type ButtonProps = ComponentProps<"button"> & { variant?: Variant };

export function Button({ variant = "secondary", className = "", ...props }: ButtonProps) {
  return <button type="button" {...props} className={`${buttonClass(variant)} ${className}`} />;
}

/** The classes of a button, for links and triggers that look like one. */
export function buttonClass(variant: Variant): string {
  return `inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border px-3 font-medium transition-colors disabled:opacity-60 aria-disabled:opacity-60 ${looks[variant]}`;
}

// Every variant has a border, because forced colours show nothing else.
const looks: Record<Variant, string> = {
  primary: "border-transparent bg-accent text-on-accent enabled:hover:bg-accent-hover",
  secondary: "border-control bg-raised text-ink hover:bg-hover",
  ghost: "border-transparent text-ink hover:bg-hover",
  danger: "border-transparent bg-bad-fill text-on-accent enabled:hover:brightness-95",
};
