import { ChevronDown } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId } from "react";

type Control = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  children: (control: Control) => ReactNode;
};

/** A labelled control with hint and error, connected for assistive technology. */
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

export function Input({ className = "", ...props }: ComponentProps<"input">) {
  return (
    <input
      {...props}
      className={`h-8 w-full min-w-0 rounded-control border border-control bg-raised px-2.5 disabled:opacity-60 aria-invalid:border-bad ${className}`}
    />
  );
}

/** The native select: its list works on every device and in every language. */
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

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & { children: ReactNode };

/** A checkbox with its label, which is part of the target. */
export function Checkbox({ children, className = "", ...props }: CheckboxProps) {
  return (
    <label className={`flex min-h-7 items-center gap-2 ${className}`}>
      <input type="checkbox" {...props} className="size-4 shrink-0 accent-accent" />
      {children}
    </label>
  );
}

type FormProps = Omit<ComponentProps<"form">, "onSubmit"> & {
  /** Called with a function that returns the text of a field by its name. */
  onSubmit: (text: (name: string) => string) => void;
};

/** A form that a script handles. The Enter that ends a text composition does not submit it. */
export function Form({ onSubmit, ...props }: FormProps) {
  return (
    <form
      {...props}
      onKeyDown={keepComposingEnter}
      onSubmit={(event) => {
        event.preventDefault();
        const entered = new FormData(event.currentTarget);
        onSubmit((name) => String(entered.get(name) ?? ""));
      }}
    />
  );
}

/** For a form's onKeyDown: the Enter that ends a text composition must not submit the form. */
export function keepComposingEnter(event: KeyboardEvent) {
  // Safari has already ended the composition. Only the legacy key code 229 shows it.
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (composing && event.key === "Enter") event.preventDefault();
}

/** For a ref: focuses an element that appears, also in a dialog that is about to open. */
export function focusFirst(element: HTMLElement | null) {
  // A dialog that opens looks for the attribute.
  element?.setAttribute("autofocus", "");
  element?.focus();
}

/**
 * Focuses the first field of a page, unless something has the focus. On a touch screen the keyboard would
 * cover half the page.
 */
export function focusOnArrival(field: HTMLElement | null) {
  if (document.activeElement !== document.body) return;
  if (matchMedia("(hover: hover) and (pointer: fine)").matches) field?.focus();
}
