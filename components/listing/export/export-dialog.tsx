"use client";

import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { FailureAlert } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EXPORT_FORMATS, type ExportFormat } from "@/lib/export/formats";
import type { FileManifest, ListManifest } from "@/lib/export/manifest";
import { CsvSeparatorSelect, useCsvSeparator } from "./csv-separator";
import {
  type ExportedFile,
  type ExportProgress,
  runExport,
  saveExport,
  saveManifest,
} from "./run-export";

type ExportDialogProps<About extends FileManifest> = {
  title: string;
  what: ExportedRows;
  scope: ReactNode;
  addressOf: (format: ExportFormat) => Promise<string>;
  /** Returns what is posted to the address, for rows that only the browser has. */
  body?: () => string;
  describe: (manifest: About) => Described;
  /** Opens the default app if the address names an unknown one. */
  onDefaultApp: () => void;
  onClose: () => void;
};

/** Chooses a format and shows the progress. Closing the dialog cancels the export. */
export function ExportDialog<About extends FileManifest>(props: ExportDialogProps<About>) {
  const { title, what, scope, addressOf, body, describe, onDefaultApp, onClose } = props;
  const t = useTranslations("export");
  const [format, setFormat] = useState<ExportFormat>("csv");
  const separator = useCsvSeparator();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const running = useRef<AbortController | null>(null);
  const now = useRef<HTMLDivElement>(null);
  const { mutate, reset, isPending, data } = useMutation({
    mutationFn: async ({ signal }: AbortController) => {
      setProgress(null);
      const address = await addressOf(format);
      return runExport<About>({
        address: format === "csv" ? `${address}&separator=${separator}` : address,
        body: body?.(),
        signal,
        onProgress: setProgress,
      });
    },
    onSuccess: (outcome) => {
      if (outcome.step === "done") saveExport(outcome.file);
    },
    onSettled: () => {
      running.current = null;
    },
  });
  const step = isPending ? "running" : data?.step;
  useEffect(() => () => running.current?.abort(), []);
  // The pressed button unmounts.
  useEffect(() => {
    if (step) now.current?.focus();
  }, [step]);
  const begin = () => {
    // Ignores a second press.
    if (running.current) return;
    running.current = new AbortController();
    mutate(running.current);
  };

  const content = () => {
    if (isPending) {
      return <ExportProgressBar progress={progress} onCancel={() => running.current?.abort()} />;
    }
    if (data?.step === "done") {
      const { file } = data;
      return <ExportResult {...describe(file.manifest)} {...{ what, file }} onAnother={reset} />;
    }
    if (data?.step === "failed") {
      const { failure } = data;
      return (
        <div className="grid gap-2">
          <p className="font-medium">{t("noFile")}</p>
          <FailureAlert {...{ failure, onDefaultApp }} retrying={false} onRetry={begin} />
        </div>
      );
    }
    return (
      <>
        <ExportChoice what={what} format={format} onFormat={setFormat} />
        <p role="status">{data?.step === "cancelled" && t("cancelled")}</p>
        <Button variant="primary" className="justify-self-start" onClick={begin}>
          {t("start")}
        </Button>
      </>
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="grid gap-4">
        {scope}
        <div ref={now} tabIndex={-1} className="grid gap-4">
          {content()}
        </div>
      </div>
    </Dialog>
  );
}

type ExportedRows = "channels" | "users" | "readings";

type ExportChoiceProps = {
  what: ExportedRows;
  format: ExportFormat;
  onFormat: (format: ExportFormat) => void;
};

function ExportChoice({ what, format, onFormat }: ExportChoiceProps) {
  const t = useTranslations("export.formats");
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("label")}</legend>
      {EXPORT_FORMATS.map((each) => (
        <div key={each} className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 py-1">
          <input
            type="radio"
            id={`${id}-${each}`}
            name={id}
            checked={each === format}
            onChange={() => onFormat(each)}
            aria-describedby={`${id}-${each}-hint`}
            className="size-4 translate-y-0.5 accent-accent"
          />
          <label htmlFor={`${id}-${each}`} className="min-h-6">
            {t(`${each}.name`)}
          </label>
          <p id={`${id}-${each}-hint`} className="col-start-2 text-dense text-muted">
            {t(`${each}.hint`, { what })}
          </p>
          {each === "csv" && format === "csv" && (
            <div className="col-span-2">
              <CsvSeparatorSelect />
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}

type ExportProgressBarProps = { progress: ExportProgress | null; onCancel: () => void };

function ExportProgressBar({ progress, onCancel }: ExportProgressBarProps) {
  const t = useTranslations("export");
  const text = progress ? t("progress", progress) : t("starting");
  // A growing list can have more rows than the first total.
  const value = progress ? { value: progress.read, max: Math.max(progress.total, 1) } : {};
  return (
    <div className="grid gap-2">
      <progress
        {...value}
        aria-label={t("progressLabel")}
        aria-valuetext={text}
        className="h-2 w-full accent-accent"
      />
      <div className="flex items-center justify-between gap-3">
        <p className="tabular-nums">{text}</p>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </div>
  );
}

/** What a page shows about a finished file. */
export type Described = {
  readonly isWhole: boolean;
  readonly remarks: ReactNode;
  /** Labelled values of the manifest. Empty ones are not shown. */
  readonly facts: readonly (readonly [name: string, value: string | 0 | null | undefined])[];
};

type ExportResultProps = Described & {
  what: ExportedRows;
  file: ExportedFile<FileManifest>;
  onAnother: () => void;
};

function ExportResult(props: ExportResultProps) {
  const { what, file, isWhole, remarks, facts, onAnother } = props;
  const t = useTranslations("export");
  const { manifest, fileName } = file;
  return (
    <div className="grid gap-3">
      <Alert tone={isWhole ? "good" : "warn"}>
        <p className="font-medium">{t("done", { what, rows: manifest.writtenRows })}</p>
        <p className="break-all font-mono text-dense">{fileName}</p>
        {remarks}
        {manifest.replacedCharacters > 0 && (
          <p>{t("replaced", { count: manifest.replacedCharacters })}</p>
        )}
      </Alert>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-dense">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-words tabular-nums">{value}</dd>
            </div>
          ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => saveManifest(file)}>{t("saveManifest")}</Button>
        <Button onClick={() => saveExport(file)}>{t("saveAgain")}</Button>
        <Button onClick={onAnother}>{t("another")}</Button>
      </div>
    </div>
  );
}

type ListExportDialogProps = Omit<
  ComponentProps<typeof ExportDialog<ListManifest>>,
  "describe" | "onDefaultApp"
>;

/** The export of data from the desk's own database. */
export function ListExportDialog(props: ListExportDialogProps) {
  const t = useTranslations("export");
  const format = useFormatter();
  return (
    <ExportDialog<ListManifest>
      {...props}
      onDefaultApp={() => location.assign(location.pathname)}
      describe={({ app, readAt, sampleUntil, selectedRows, writtenRows }) => ({
        isWhole: true,
        remarks: null,
        facts: [
          [t("manifest.app"), app && `${app.name} (${app.sdkAppId})`],
          [t("manifest.readAt"), format.dateTime(new Date(readAt), "exact")],
          [t("manifest.selectedRows"), selectedRows && format.number(selectedRows)],
          [t("manifest.writtenRows"), format.number(writtenRows)],
          [
            t("manifest.sampleUntil"),
            sampleUntil && format.dateTime(new Date(sampleUntil), "exact"),
          ],
        ],
      })}
    />
  );
}

type ExportScopeProps = {
  /** Rows that match the filters; null while the number is not known. */
  matching: number | null;
  total: number;
  isAll: boolean;
  columns: number;
  sorts: readonly { readonly label: string; readonly descending: boolean }[];
  /** The selected rows, of which alone the file is made. Null: of all that match. */
  selected: number | null;
  /** A note before the sentence. */
  children?: ReactNode;
};

/** Describes the rows, columns and order of the file in one sentence. */
export function ExportScope(props: ExportScopeProps) {
  const { matching, total, isAll, columns, sorts, selected, children } = props;
  const t = useTranslations("export");
  const rows =
    selected !== null ? "selected" : isAll ? "all" : matching === null ? "matching" : "counted";
  const by = sorts.map(({ label, descending }) => `${label} ${descending ? "↓" : "↑"}`).join(", ");
  return (
    <p>
      {children}{" "}
      <span>
        {t("scope.sentence", {
          rows: t(`scope.${rows}`, { matching: matching ?? 0, total, selected: selected ?? 0 }),
          columns: t("scope.columns", { count: columns }),
          order: by === "" ? t("scope.unsorted") : t("scope.sorted", { by }),
        })}
      </span>
    </p>
  );
}
