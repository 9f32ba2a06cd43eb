import type { ComponentProps } from "react";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  label: string;
  small?: boolean;
};

/** A square icon button with an accessible label. */
export function IconButton({ label, small, className = "", ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className={`inline-flex ${small ? "size-6" : "size-8"} shrink-0 items-center justify-center rounded-control border border-transparent text-muted transition-colors enabled:hover:bg-hover enabled:hover:text-ink disabled:opacity-50 [&_svg]:size-4 ${className}`}
    />
  );
}
