"use client";

import { type ReactNode, useId } from "react";

type Control = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  children: (control: Control) => ReactNode;
};

/** A label, its control, and what is said about it, tied together for assistive technology. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": Boolean(error) })}
      {hint && (
        <p id={`${id}-hint`} className="text-dense text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-bad text-dense">
          {error}
        </p>
      )}
    </div>
  );
}
