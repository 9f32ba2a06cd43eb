"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { endAllSessions } from "./actions";

/** Signs everybody out, for example when a cookie may have been stolen. */
export function EndAllButton() {
  const t = useTranslations("people.endAll");
  const [isOpen, setOpen] = useState(false);
  const [ended, setEnded] = useState<number | null>(null);
  return (
    <>
      <p role="status" className={ended === null ? "sr-only" : "text-muted"}>
        {ended !== null && t("done", { count: ended })}
      </p>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setEnded(null);
          setOpen(true);
        }}
      >
        {t("button")}
      </Button>
      {isOpen && <EndAllDialog onClose={() => setOpen(false)} onDone={setEnded} />}
    </>
  );
}

type EndAllDialogProps = { onClose: () => void; onDone: (count: number) => void };

function EndAllDialog({ onClose, onDone }: EndAllDialogProps) {
  const t = useTranslations("people");
  const keep = useRef<HTMLButtonElement>(null);
  const { run, isPending, problem } = useAction(endAllSessions, (count) => {
    onDone(count);
    onClose();
  });
  useEffect(() => keep.current?.focus(), []);
  return (
    <Dialog title={t("endAll.title")} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p>{t("endAll.sentence")}</p>
        {!isPending && <ActionProblem problem={problem} />}
        <div className="flex flex-wrap gap-2">
          <Button variant="danger" aria-disabled={isPending} onClick={() => run(null)}>
            {t("endAll.button")}
          </Button>
          <Button ref={keep} onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
