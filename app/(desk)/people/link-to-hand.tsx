"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/copy";
import { Input } from "@/components/ui/field";
import { visibleText } from "@/lib/visible-text";
import type { HandedLink } from "./actions";

type LinkToHandProps = { link: HandedLink; email: string; onClose: () => void };

/** A link that is shown once, its expiry, and how to hand it over. */
export function LinkToHand({ link: { url, expiresAt }, email, onClose }: LinkToHandProps) {
  const t = useTranslations("people.link");
  const format = useFormatter();
  const { outcome, said, copy } = useCopied();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="break-words">{t("handOver", { email: visibleText(email) })}</p>
      <div className="flex gap-2">
        <Input
          ref={field}
          readOnly
          aria-label={t("label")}
          value={url}
          className="font-mono text-dense"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="primary" onClick={() => copy(url)}>
          {t("copy")}
        </Button>
      </div>
      <p aria-live="polite" className={outcome === "copyFailed" ? "text-bad" : "text-good"}>
        {said}
      </p>
      <p className="text-muted">{t("once", { at: format.dateTime(expiresAt, "exact") })}</p>
      <Button className="justify-self-start" onClick={onClose}>
        {t("done")}
      </Button>
    </div>
  );
}
