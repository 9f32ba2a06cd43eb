"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { FailureAlert } from "@/components/action/failure";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/screen";
import type { LookupInput } from "../actions";
import { InspectorReport } from "./inspector-report";
import { useInspection } from "./use-inspection";

type InspectorDialogProps = { input: LookupInput; onClose: () => void };

/** The call behind the lookup, as the server makes it. Opening it makes one. */
export function InspectorDialog({ input, onClose }: InspectorDialogProps) {
  const t = useTranslations("inspector");
  const format = useFormatter();
  const { data, error, isFetching, refetch } = useInspection(input);
  const again = () => void refetch({ cancelRefetch: false });
  const retry = { retrying: isFetching, onRetry: again };
  const time = data?.ok && format.dateTime(data.value.calledAt, "time");
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      actions={
        <IconButton label={t("refresh")} aria-disabled={isFetching} onClick={again}>
          <RefreshCw aria-hidden className={isFetching ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p role="status" className="text-muted">
          {isFetching ? t("calling") : time && t("called", { time })}
        </p>
        {error && <FailureAlert failure={null} onDefaultApp={onClose} {...retry} />}
        {data?.ok === false && (
          <FailureAlert failure={data.failure} onDefaultApp={onClose} {...retry} />
        )}
        {data?.ok && <InspectorReport inspection={data.value} retry={retry} />}
        {isFetching && !data && <Skeleton className="h-64 w-full" />}
      </div>
    </Dialog>
  );
}
