"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { type CopyOutcome, copyText, OUTCOME_SHOWN } from "./copy-text";
import { floating } from "./floating";

/** A button that copies, without a state or a voice of its own: its CopyRegion has these for all of them. */
export function CopyMark({ value, label }: { value: string; label: string }) {
  return (
    <button type="button" data-copy={value} aria-label={label} title={label} className={MARK} />
  );
}

// Drawn with borders: hundreds of pictures would be slower to lay out and to paint than all the text.
const MARK = "copy-mark relative inline-block size-6 shrink-0 rounded-control hover:bg-hover";

type Shown = { readonly outcome: CopyOutcome; readonly mark: HTMLElement };

/** Copies for all CopyMarks in it, and says so once. */
export function CopyRegion({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState<Shown | null>(null);
  const pressed = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (!shown) return;
    // Past React, which would draw a row anew for it.
    shown.mark.dataset.outcome = shown.outcome;
    const timer = setTimeout(setShown, OUTCOME_SHOWN[shown.outcome], null);
    return () => {
      clearTimeout(timer);
      delete shown.mark.dataset.outcome;
    };
  }, [shown]);

  const copy = async (event: MouseEvent) => {
    const mark = event.target instanceof Element && event.target.closest("[data-copy]");
    if (!(mark instanceof HTMLElement)) return;
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

const MESSAGE_WIDTH = 240;

function besides({ bottom, left }: DOMRect) {
  const end = Math.max(8, innerWidth - MESSAGE_WIDTH - 8);
  return { top: bottom + 4, left: Math.min(left, end), width: MESSAGE_WIDTH };
}
