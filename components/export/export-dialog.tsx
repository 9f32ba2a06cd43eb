"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ExportFormat } from "@/lib/export/formats";
import type { FileManifest } from "@/lib/export/manifest";
import type { Failure } from "@/lib/failure";
import { useCsvSeparator } from "./csv-separator";
import { ExportChoice, type ExportedRows } from "./export-choice";
import { ExportProgressBar } from "./export-progress-bar";
import { type Described, ExportResult } from "./export-result";
import { useExport } from "./use-export";

type ExportDialogProps<About extends FileManifest> = {
  title: string;
  what: ExportedRows;
  /** What will be written, in one sentence. */
  scope: ReactNode;
  /** Where a file of this kind is made. */
  addressOf: (format: ExportFormat) => Promise<string>;
  describe: (manifest: About) => Described;
  /** Why there is no file, and what helps; a failure that the desk did not put into words is null. */
  failed: (failure: Failure | null, retry: () => void) => ReactNode;
  onClose: () => void;
};

/** Chooses a kind of file and sees it made. Closing it ends the making. */
export function ExportDialog<About extends FileManifest>(props: ExportDialogProps<About>) {
  const { title, what, scope, addressOf, describe, failed, onClose } = props;
  const t = useTranslations("export");
  const [format, setFormat] = useState<ExportFormat>("csv");
  const separator = useCsvSeparator();
  const { state, start, cancel, choose } = useExport<About>();
  const now = useRef<HTMLDivElement>(null);

  // The button that was pressed is gone, and the focus with it.
  useEffect(() => {
    if (state.step !== "choosing") now.current?.focus();
  }, [state.step]);

  const begin = () =>
    start(async () => {
      const address = await addressOf(format);
      return format === "csv" ? `${address}&separator=${separator}` : address;
    });

  const step = () => {
    switch (state.step) {
      case "choosing":
      case "cancelled":
        return (
          <>
            <ExportChoice what={what} format={format} onFormat={setFormat} />
            <p role="status">{state.step === "cancelled" && t("cancelled")}</p>
            <Button variant="primary" className="justify-self-start" onClick={begin}>
              {t("start")}
            </Button>
          </>
        );
      case "running":
        return <ExportProgressBar progress={state.progress} onCancel={cancel} />;
      case "done":
        return (
          <ExportResult
            {...describe(state.file.manifest)}
            what={what}
            file={state.file}
            onAnother={choose}
          />
        );
      case "failed":
        return (
          <div className="grid gap-2">
            <p className="font-medium">{t("noFile")}</p>
            {failed(state.failure, begin)}
          </div>
        );
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="grid gap-4">
        {scope}
        <div ref={now} tabIndex={-1} className="grid gap-4">
          {step()}
        </div>
      </div>
    </Dialog>
  );
}
