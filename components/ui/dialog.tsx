"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { floating } from "./floating";
import { IconButton } from "./icon-button";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

type DialogContentProps = { title: string; description?: string; children: ReactNode };

/** The panel of a dialog: on a narrow screen a sheet at the bottom, else in the middle. */
export function DialogContent({ title, description, children }: DialogContentProps) {
  const t = useTranslations("ui");
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-30 bg-[rgb(0_0_0/0.4)]" />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={`${floating} fixed inset-x-2 bottom-2 grid max-h-[calc(100dvh-1rem)] gap-3 overflow-y-auto p-4 sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-md sm:-translate-1/2`}
      >
        <div className="flex items-start justify-between gap-2">
          <Radix.Title className="py-1 font-semibold">{title}</Radix.Title>
          <Radix.Close asChild>
            <IconButton label={t("close")}>
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </div>
        {description && <Radix.Description className="text-muted">{description}</Radix.Description>}
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
