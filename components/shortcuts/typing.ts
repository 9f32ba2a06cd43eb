const INPUTS_WITHOUT_TEXT = ["checkbox", "button", "submit", "reset"]
  .map((type) => `[type=${type}]`)
  .join();

// A list, a menu or a slider takes letters and arrows for itself, as a text field does.
const TAKES_KEYS = [
  `input:not(${INPUTS_WITHOUT_TEXT})`,
  "textarea",
  "select",
  ...["textbox", "searchbox", "combobox", "spinbutton", "listbox", "menu", "slider"].map(
    (role) => `[role=${role}]`,
  ),
].join();

/** Whether what is pressed there belongs to a field, and not to a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(TAKES_KEYS) !== null;
}
