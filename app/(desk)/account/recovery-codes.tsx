"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/use-copied";

/** Milliseconds for which a browser may still be fetching what it was told to save. */
const KEPT = 60_000;

type RecoveryCodesProps = { codes: readonly string[]; onDone: () => void };

/** The codes for who loses the device, shown this once; only who says so makes them go. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const t = useTranslations("account.recovery");
  const { outcome, said, copy } = useCopied();
  const start = useRef<HTMLParagraphElement>(null);
  useEffect(() => start.current?.focus(), []);
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="grid justify-items-start gap-3">
      <p ref={start} tabIndex={-1} className="font-medium outline-none">
        {t("on")}
      </p>
      <p>{t("keep")}</p>
      <ul aria-label={t("title")} className="grid gap-x-6 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => copy(text)}>{t("copy")}</Button>
        <Button onClick={() => save(t("fileName"), text)}>{t("download")}</Button>
        <span aria-live="polite" className={outcome === "copyFailed" ? "text-bad" : "text-good"}>
          {said}
        </span>
      </div>
      <Button variant="primary" onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL, KEPT, link.href);
}
