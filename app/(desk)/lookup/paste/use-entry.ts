"use client";

import { type ClipboardEvent, useState } from "react";
import { withoutSignature } from "@/lib/chat-api/request-body";
import type { Recognised } from "@/lib/paste/recognise";
import { onOneLine, subscriberIdProblem } from "@/lib/subscriber-id";

export type Recogniser = typeof import("./recogniser").RECOGNISER;
type Subscribers = Extract<Recognised, { kind: "subscribers" | "doubtful" }>;

type Entry = {
  /** The id in the address when this was entered. */
  readonly asked: string;
  readonly draft: string;
  readonly judged: string | null;
  /** The recognised paste. The field shows only the ids in it. */
  readonly pasted: Recognised | null;
  /** The list that contains the chosen id. */
  readonly choices: Subscribers | null;
};

/** Returns the text of the field, what the recogniser finds in it, and the handlers of the field. */
export function useEntry(subscriber: string) {
  const [recogniser, setRecogniser] = useState<Recogniser | null>(null);
  const [{ asked, draft, judged, pasted, choices }, setEntry] = useState(() =>
    startFrom(subscriber),
  );
  // Browser navigation can change the id in the address.
  if (asked !== subscriber) {
    setEntry(startFrom(subscriber, choices?.ids.includes(subscriber) ? choices : null));
  }
  // A text that was submitted or came with the address is an id, unless it is the id of a channel.
  const isSettled = judged !== null || draft === subscriber || isPlainId(draft);
  const isId = isSettled && subscriberIdProblem(draft) !== "channel";
  const typed = isId ? null : (recogniser?.recognise(draft) ?? null);
  const found = pasted ?? (typed && recogniser?.isItself(typed, draft) ? null : typed);
  const list = found?.kind === "subscribers" || found?.kind === "doubtful" ? found : choices;

  /** Loads the recogniser when the user focuses the field. */
  const prepare = () => {
    if (!recogniser) void loadRecogniser().then(setRecogniser);
  };

  return {
    /** Null until it is loaded; `found` is then null too. */
    recogniser,
    draft,
    judged,
    found,
    list,
    isId,
    prepare,
    change(text: string) {
      prepare();
      setEntry({ ...startFrom(asked), draft: withoutSignature(text), judged: null });
    },
    /** Reads the pasted text before the field removes its line breaks. The browser pastes a plain id itself. */
    async paste(event: ClipboardEvent<HTMLInputElement>) {
      const text = withoutSignature(event.clipboardData.getData("text"));
      if (isPlainId(text)) return;
      event.preventDefault();
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      const before = value.slice(0, selectionStart ?? 0);
      const after = value.slice(selectionEnd ?? value.length);
      const loaded = await loadRecogniser();
      const { draft, found } = loaded?.pasted(text, before, after) ?? {
        draft: before + onOneLine(text) + after,
        found: null,
      };
      setRecogniser(loaded);
      setEntry({ ...startFrom(asked), draft, judged: null, pasted: found });
    },
    judge: (id: string) => setEntry({ ...startFrom(asked, list), draft: id, judged: id }),
    restart: () => setEntry(startFrom(subscriber)),
  };
}

/** Loads the recogniser. Returns null if it cannot be loaded; the field then accepts ids only. */
export async function loadRecogniser(): Promise<Recogniser | null> {
  try {
    return (await import("./recogniser")).RECOGNISER;
  } catch {
    return null;
  }
}

/** An id from the address is judged at once, a typed id on submit. */
function startFrom(subscriber: string, choices: Subscribers | null = null): Entry {
  return {
    asked: subscriber,
    draft: subscriber,
    judged: subscriber || null,
    pasted: null,
    choices,
  };
}

/** Returns whether a text can only be an id. */
function isPlainId(text: string): boolean {
  return /^[\w.-]*$/.test(text) && !/^\d{1,3}(?:\.\d{3})+$/.test(text);
}
