import type { KeyboardEvent } from "react";

/** For a form's onKeyDown: the Enter that ends a text composition must not submit the form. */
export function keepComposingEnter(event: KeyboardEvent) {
  // Safari has ended the composition by then, and only the old key code 229 still tells.
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (composing && event.key === "Enter") event.preventDefault();
}
