import type { ReactNode } from "react";

type OverlaySelectProps = {
  label: string;
  value: string;
  options: readonly { value: string; label: string; lang?: string }[];
  onChange: (value: string) => void;
  children: ReactNode;
};

/** A native select under custom content: the content is visible, the select is used. */
export function OverlaySelect({ label, value, options, onChange, children }: OverlaySelectProps) {
  return (
    <span className="relative inline-flex h-8 min-w-8 items-center justify-center rounded-control text-muted transition-colors hover:bg-hover hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-1">
      <span aria-hidden className="inline-flex min-w-0 items-center gap-1.5 px-2">
        {children}
      </span>
      <select
        key={value}
        defaultValue={value}
        aria-label={label}
        title={label}
        onChange={(event) => onChange(event.target.value)}
        className="absolute inset-0 size-full opacity-0"
      >
        {options.map(({ label: words, ...option }) => (
          <option key={option.value} {...option} className="bg-raised text-ink">
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
