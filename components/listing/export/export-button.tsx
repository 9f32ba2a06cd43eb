"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { floating } from "@/components/ui/floating";
import { can, type Role } from "@/lib/auth/permissions";

type ExportButtonProps = {
  role: Role;
  /** Called on pointer or focus, to load the dialog early. */
  onIntent: () => void;
  /** Returns the dialog. It is mounted only while it is open. */
  children: (close: () => void) => ReactNode;
};

/** Opens the export dialog. A role that may not export is told who can help. */
export function ExportButton({ role, onIntent, children }: ExportButtonProps) {
  const t = useTranslations("export");
  const [used, setUsed] = useState(false);
  const allowed = can(role, "export");
  return (
    <span className="relative inline-flex">
      <Button
        className="gap-1 !px-2 text-dense"
        aria-disabled={!allowed}
        aria-haspopup={allowed ? "dialog" : undefined}
        onPointerEnter={allowed ? onIntent : undefined}
        onFocus={allowed ? onIntent : undefined}
        onBlur={allowed ? undefined : () => setUsed(false)}
        onClick={() => setUsed(true)}
      >
        <Download aria-hidden className="size-4 text-muted" />
        <span className="max-md:sr-only">{t("button")}</span>
      </Button>
      {!allowed && (
        <span role="status" className={used ? refusal : "sr-only"}>
          {used && t("notAllowed", { role })}
        </span>
      )}
      {allowed && used && children(() => setUsed(false))}
    </span>
  );
}

/** Opens the export dialog of the selected rows. Not shown to a role that may not export. */
export function ExportSelectionButton({ role, children }: Omit<ExportButtonProps, "onIntent">) {
  const t = useTranslations("export");
  const [isOpen, setOpen] = useState(false);
  if (!can(role, "export")) return null;
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("selection")}
      </Button>
      {isOpen && children(() => setOpen(false))}
    </>
  );
}

// On a narrow page the button may be at either edge.
const refusal = `${floating} fixed inset-x-2 bottom-20 px-2 py-1 text-dense sm:absolute sm:inset-x-auto sm:top-full sm:right-0 sm:bottom-auto sm:mt-1 sm:w-max sm:max-w-60`;
