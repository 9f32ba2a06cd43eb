"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { FailureAlert } from "@/components/action/failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { callAction } from "@/lib/call-action";
import { AddForm } from "./add-form";
import { AddResult } from "./add-result";
import { CHANNELS_KEY } from "./asked";
import { addChannels } from "./change-actions";

type AddDialogProps = {
  app: string;
  /** Ids that are taken at once. */
  most: number;
  onClose: () => void;
};

/** Asks for ids, has the desk read those channels, and says of each what it was. */
export function AddDialog({ app, most, onClose }: AddDialogProps) {
  const t = useTranslations("channels.add");
  const queries = useQueryClient();
  const now = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLTextAreaElement>(null);
  const { mutate, reset, isPending, data, error, variables } = useMutation({
    mutationFn: (ids: readonly string[]) => callAction(addChannels, { app, ids: [...ids] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: CHANNELS_KEY }),
    networkMode: "always",
  });
  const outcomes = data?.ok ? data.value : null;
  const hasFailed = !isPending && (error !== null || data?.ok === false);
  // Where there is a result, the button that was pressed is gone, and the focus with it.
  useEffect(() => (outcomes ? now : first).current?.focus(), [outcomes]);
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <div ref={now} tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {hasFailed && (
          <FailureAlert
            failure={data?.ok === false ? data.failure : null}
            onDefaultApp={onClose}
            retrying={isPending}
            onRetry={() => mutate(variables ?? [])}
          />
        )}
        {outcomes ? (
          <>
            <AddResult outcomes={outcomes} />
            <div className="flex flex-wrap gap-2">
              <Button variant="primary" onClick={onClose}>
                {t("done")}
              </Button>
              <Button onClick={reset}>{t("another")}</Button>
            </div>
          </>
        ) : (
          <AddForm
            first={first}
            most={most}
            isPending={isPending}
            onAdd={(ids) => {
              if (!isPending) mutate(ids);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
