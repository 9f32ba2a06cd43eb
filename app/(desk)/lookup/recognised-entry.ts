"use client";

import { type ClipboardEvent, useState } from "react";
import { withoutSignature } from "@/lib/chat-api/request-body";
import type { Recognised } from "@/lib/paste/recognise";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import {
  isPlainId,
  loadRecogniser,
  onOneLine,
  type Recogniser,
  type Subscribers,
} from "./recognised";

type Entry = {
  /** The id in the address when this was entered. */
  readonly asked: string;
  readonly draft: string;
  readonly judged: string | null;
  /** What was pasted, while the field shows only whom it is about. */
  readonly pasted: Recognised | null;
  /** The list from which the id was chosen. */
  readonly choices: Subscribers | null;
};

/** What stands in the field, and what that is recognised to be. */
export function useEntry(subscriber: string) {
  const [recogniser, setRecogniser] = useState<Recogniser | null>(null);
  const [{ asked, draft, judged, pasted, choices }, setEntry] = useState(() =>
    startFrom(subscriber),
  );
  // Back and forward bring another id into the field.
  if (asked !== subscriber) {
    setEntry(startFrom(subscriber, choices?.ids.includes(subscriber) ? choices : null));
  }
  // What was sent already, or came with the address, is an id as it stands; that of a channel never is.
  const isSettled = judged !== null || draft === subscriber || isPlainId(draft);
  const isId = isSettled && subscriberIdProblem(draft) !== "channel";
  const typed = isId ? null : (recogniser?.recognise(draft) ?? null);
  const found = pasted ?? (typed && recogniser?.isItself(typed, draft) ? null : typed);
  const list = found?.kind === "subscribers" ? found : choices;

  /** Called when somebody reaches for the field. */
  const prepare = () => {
    if (!recogniser) void loadRecogniser().then(setRecogniser);
  };

  return {
    /** Null until it has come, and then nothing was found yet. */
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
    /** Reads what is pasted before the field drops its lines; leaves to the browser what that pastes best. */
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

/** An id in the address is judged at once; one that is being typed, when it is sent. */
function startFrom(subscriber: string, choices: Subscribers | null = null): Entry {
  return {
    asked: subscriber,
    draft: subscriber,
    judged: subscriber || null,
    pasted: null,
    choices,
  };
}
