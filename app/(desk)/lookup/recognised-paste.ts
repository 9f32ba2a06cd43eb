import type { ClipboardEvent } from "react";
import { withoutSignature } from "@/lib/chat-api/call-address";
import type { Recognised } from "@/lib/paste/recognise";
import { isItself, isPlainId, loadRecogniser, shownInField } from "./recognised";

type Pasted = {
  /** What the field shows now. */
  readonly draft: string;
  /** What was pasted, where the field alone does not tell. */
  readonly found: Recognised | null;
};

/** Reads what is pasted before the field drops its lines; null where the browser pastes best. */
export function readPaste(event: ClipboardEvent<HTMLInputElement>): Promise<Pasted> | null {
  const text = withoutSignature(event.clipboardData.getData("text"));
  if (isPlainId(text)) return null;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  const before = value.slice(0, selectionStart ?? 0);
  const after = value.slice(selectionEnd ?? value.length);
  return loadRecogniser().then((recognise) => {
    const found = recognise(text);
    const isWhole = !["nothing", "subscriber", "channel"].includes(found.kind);
    if (!isWhole && before + after !== "") {
      return { draft: before + shownInField({ kind: "nothing" }, text) + after, found: null };
    }
    return { draft: shownInField(found, text), found: isItself(found, text) ? null : found };
  });
}
