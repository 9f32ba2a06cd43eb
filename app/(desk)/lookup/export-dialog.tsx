"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { addressQuery, useLinks } from "@/components/nav/link-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ExportFormat } from "@/lib/export/formats";
import { exportAddress, exportQuery } from "./export-address";
import { ExportChoice } from "./export-choice";
import { ExportFailed } from "./export-failed";
import { ExportProgressBar } from "./export-progress-bar";
import { ExportResult } from "./export-result";
import { type ExportScope, ExportScopeText } from "./export-scope";
import { useExport } from "./export-state";
import type { LookupParams } from "./search-params";

type ExportDialogProps = ExportScope & {
  /** The address whose rows are written. */
  params: LookupParams;
  onClose: () => void;
};

/** Chooses a kind of file and sees it made. Closing it ends the making. */
export function ExportDialog({ params, onClose, ...scope }: ExportDialogProps) {
  const t = useTranslations("export");
  const [format, setFormat] = useState<ExportFormat>("csv");
  const { state, start, cancel, choose } = useExport();
  const links = useLinks();
  const now = useRef<HTMLDivElement>(null);

  // The button that was pressed is gone, and the focus with it.
  useEffect(() => {
    if (state.step !== "choosing") now.current?.focus();
  }, [state.step]);

  const begin = () =>
    start(async () => {
      const query = await addressQuery(links, exportQuery(params));
      return exportAddress(query, format, scope.columns);
    });

  const step = () => {
    switch (state.step) {
      case "choosing":
      case "cancelled":
        return (
          <>
            <ExportChoice format={format} onFormat={setFormat} />
            <p role="status">{state.step === "cancelled" && t("cancelled")}</p>
            <Button variant="primary" className="justify-self-start" onClick={begin}>
              {t("start")}
            </Button>
          </>
        );
      case "running":
        return <ExportProgressBar progress={state.progress} onCancel={cancel} />;
      case "done":
        return <ExportResult file={state.file} onAnother={choose} />;
      case "failed":
        return <ExportFailed failure={state.failure} params={params} onRetry={begin} />;
    }
  };
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <div className="grid gap-4">
        <ExportScopeText {...scope} />
        <div ref={now} tabIndex={-1} className="grid gap-4">
          {step()}
        </div>
      </div>
    </Dialog>
  );
}
