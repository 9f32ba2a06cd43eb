/** Whether a dialog is open, which makes the page behind it inert. All of ours are modal. */
export function isDialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
