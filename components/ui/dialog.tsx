"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./icon-button";

type DialogProps = {
  title: string;
  /** `side` is a drawer at the right edge. `top` keeps its top edge when it grows. */
  shape?: keyof typeof shapes;
  onClose: () => void;
  /** Next to the close button. */
  actions?: ReactNode;
  children: ReactNode;
};

/**
 * A modal dialog, open while it is mounted. The native element keeps the focus inside, makes the
 * page inert, closes on Escape and restores the focus.
 */
export function Dialog({ title, shape = "middle", onClose, actions, children }: DialogProps) {
  const t = useTranslations("ui");
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={`${shapes[shape]} border border-transparent bg-raised p-0 text-ink shadow-float backdrop:bg-black/30`}
      onCancel={(event) => {
        event.preventDefault();
        close.current();
      }}
      // A click on the backdrop targets the dialog itself.
      onPointerDown={(event) => {
        if (event.target === dialog.current) close.current();
      }}
    >
      <div className="flex max-h-[inherit] min-h-full flex-col">
        <header className="flex items-center gap-2 border-line border-b px-4 py-2">
          <h2 id={heading} className="min-w-0 flex-1 truncate font-semibold">
            {title}
          </h2>
          {actions}
          <IconButton label={t("close")} onClick={() => close.current()}>
            <X aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      </div>
    </dialog>
  );
}

const shapes = {
  middle: "m-auto max-h-[min(85dvh,48rem)] w-[min(100vw-2rem,40rem)] rounded-control",
  top: "mx-auto mt-[10dvh] mb-auto max-h-[85dvh] w-[min(100vw-1rem,36rem)] rounded-control",
  side: "my-0 mr-0 ml-auto h-dvh max-h-dvh w-full max-w-none sm:w-[30rem]",
};

/** Returns whether a dialog is open. All dialogs are modal: the page behind is inert. */
export function isDialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
