"use client";

import { Check, Copy, X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { floating } from "./floating";
import { IconButton } from "./icon-button";

type CopyOutcome = "copied" | "copyFailed";

/** A text, optionally with the same content as HTML. */
export type Copyable = string | { readonly text: string; readonly html: string };

const OUTCOME_SHOWN: Readonly<Record<CopyOutcome, number>> = {
  copied: 1500,
  copyFailed: 5000,
};

/** Copies a text, with its HTML if the browser supports it. */
async function copyText(content: Copyable): Promise<CopyOutcome> {
  try {
    if (typeof content === "string") await navigator.clipboard.writeText(content);
    else await copyBoth(content);
    return "copied";
  } catch {
    // Refused by the browser, or not available without https.
    return "copyFailed";
  }
}

async function copyBoth({ text, html }: Exclude<Copyable, string>): Promise<void> {
  if (typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(text);
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  });
  await navigator.clipboard.write([item]);
}

type Copied = {
  /** The result of the last copy, for a while. */
  readonly outcome: CopyOutcome | null;
  /** The result in words, or an empty string. */
  readonly said: string;
  readonly copy: (content: Copyable) => void;
};

export function useCopied(): Copied {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(setOutcome, OUTCOME_SHOWN[outcome], null);
    return () => clearTimeout(timer);
  }, [outcome]);

  return {
    outcome,
    said: outcome ? t(outcome) : "",
    copy: (content) => void copyText(content).then(setOutcome),
  };
}

/** Copies a value. The label says what: "Copy channel ID". */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { outcome, said, copy } = useCopied();
  return (
    <span className="relative inline-flex">
      <IconButton label={label} small onClick={() => copy(value)}>
        {outcome === "copied" ? (
          <Check aria-hidden className="text-good" />
        ) : outcome === "copyFailed" ? (
          <X aria-hidden className="text-bad" />
        ) : (
          <Copy aria-hidden />
        )}
      </IconButton>
      <span aria-live="polite" className={outcome === "copyFailed" ? failed : "sr-only"}>
        {said}
      </span>
    </span>
  );
}

const failed = `${floating} absolute top-full right-0 mt-1 w-max max-w-60 px-2 py-1 text-bad text-dense`;

type Shown = { readonly outcome: CopyOutcome; readonly mark: HTMLElement };

/** Copies for all CopyMarks inside and announces the result once. */
export function CopyRegion({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState<Shown | null>(null);
  const pressed = useRef<HTMLElement | null>(null);

  // Before the paint, so that the mark changes in the same frame as the words.
  useLayoutEffect(() => {
    if (!shown) return;
    // Bypasses React, which would render the row again.
    shown.mark.dataset.outcome = shown.outcome;
    const timer = setTimeout(setShown, OUTCOME_SHOWN[shown.outcome], null);
    return () => {
      clearTimeout(timer);
      delete shown.mark.dataset.outcome;
    };
  }, [shown]);

  const copy = async (event: MouseEvent) => {
    const mark = event.target instanceof Element ? markOf(event.target) : null;
    if (!mark) return;
    pressed.current = mark;
    const outcome = await copyText(mark.dataset.copy ?? "");
    if (pressed.current === mark) setShown({ outcome, mark });
  };
  const failedAt = shown?.outcome === "copyFailed" ? shown.mark.getBoundingClientRect() : null;
  return (
    // biome-ignore lint/a11y: the buttons in it are pressed, by pointer or key; here it is only heard
    <div className="contents" onClick={copy}>
      {children}
      <span
        aria-live="polite"
        className={failedAt ? `${floating} fixed px-2 py-1 text-bad text-dense` : "sr-only"}
        style={failedAt ? besides(failedAt) : undefined}
      >
        {shown && t(shown.outcome)}
      </span>
    </div>
  );
}

/** Returns the copy mark that was pressed, or the one beside the pressed ID. An ID that opens its row does that. */
function markOf(target: Element): HTMLElement | null {
  const id = target.closest("[data-open]") ? null : target.closest(".identifier");
  return target.closest<HTMLElement>("[data-copy]") ?? id?.querySelector("[data-copy]") ?? null;
}

const MESSAGE_WIDTH = 240;

function besides({ bottom, left }: DOMRect) {
  const end = Math.max(8, innerWidth - MESSAGE_WIDTH - 8);
  return { top: bottom + 4, left: Math.min(left, end), width: MESSAGE_WIDTH };
}
