"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EXPORT_FORMATS, type ExportFormat } from "@/lib/export/formats";
import type { FileManifest, ListManifest } from "@/lib/export/manifest";
import type { Failure } from "@/lib/failure";
import { CsvSeparatorSelect, useCsvSeparator } from "./csv-separator";
import {
  type ExportedFile,
  type ExportOutcome,
  type ExportProgress,
  type ExportSource,
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
  /** Renders the reason that there is no file. The failure is null if the server sent none. */
  failed: (failure: Failure | null, retry: () => void) => ReactNode;
  onClose: () => void;
};

/** Chooses a format and shows the progress. Closing the dialog cancels the export. */
export function ExportDialog<About extends FileManifest>(props: ExportDialogProps<About>) {
  const { title, what, scope, addressOf, body, describe, failed, onClose } = props;
  const t = useTranslations("export");
  const [format, setFormat] = useState<ExportFormat>("csv");
  const separator = useCsvSeparator();
  const { state, start, cancel, choose } = useExport<About>();
  const now = useRef<HTMLDivElement>(null);

  // The pressed button unmounts.
  useEffect(() => {
    if (state.step !== "choosing") now.current?.focus();
  }, [state.step]);

  const begin = () =>
    start(async () => {
      const address = await addressOf(format);
      const isCsv = format === "csv";
      return { address: isCsv ? `${address}&separator=${separator}` : address, body: body?.() };
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
  /** Labelled values of the manifest. */
  readonly facts: readonly (readonly [name: string, value: string])[];
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
        {facts.map(([name, value]) => (
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

type ExportState<About extends FileManifest> =
  | { readonly step: "choosing" }
  | { readonly step: "running"; readonly progress: ExportProgress | null }
  | ExportOutcome<About>;

/** Runs one export at a time. Unmounting cancels it. */
function useExport<About extends FileManifest>() {
  const [state, setState] = useState<ExportState<About>>({ step: "choosing" });
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const start = async (findSource: () => Promise<ExportSource>) => {
    // Ignores a second press.
    if (running.current) return;
    const stop = new AbortController();
    running.current = stop;
    setState({ step: "running", progress: null });
    const outcome = await runExport<About>({
      ...(await findSource()),
      signal: stop.signal,
      onProgress: (progress) => setState({ step: "running", progress }),
    });
    running.current = null;
    if (outcome.step === "done") saveExport(outcome.file);
    setState(outcome);
  };

  return {
    state,
    start: (findSource: () => Promise<ExportSource>) => void start(findSource),
    cancel: () => running.current?.abort(),
    choose: () => setState({ step: "choosing" }),
  };
}

type ListExportDialogProps = Omit<
  ComponentProps<typeof ExportDialog<ListManifest>>,
  "describe" | "failed"
>;

/** The export of data from the desk's own database. */
export function ListExportDialog(props: ListExportDialogProps) {
  const t = useTranslations("export");
  const format = useFormatter();
  return (
    <ExportDialog<ListManifest>
      {...props}
      describe={({ app, readAt, sampleUntil, selectedRows, writtenRows }) => ({
        isWhole: true,
        remarks: null,
        facts: [
          ...(app ? [[t("manifest.app"), `${app.name} (${app.sdkAppId})`] as const] : []),
          [t("manifest.readAt"), format.dateTime(new Date(readAt), "exact")],
          ...(selectedRows === undefined
            ? []
            : [[t("manifest.selectedRows"), format.number(selectedRows)] as const]),
          [t("manifest.writtenRows"), format.number(writtenRows)],
          ...(sampleUntil
            ? [
                [
                  t("manifest.sampleUntil"),
                  format.dateTime(new Date(sampleUntil), "exact"),
                ] as const,
              ]
            : []),
        ],
      })}
      failed={(failure, retry) => <Failed failure={failure} onRetry={retry} />}
    />
  );
}

function Failed({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const t = useTranslations("export");
  const canRetry = failure === null || (failure.retry !== "none" && failure.code !== "signedOut");
  return (
    <Alert action={canRetry && <Button onClick={onRetry}>{t("retry")}</Button>}>
      <p>{failure ? `${failure.happened} ${failure.remedy}` : t("unreachable")}</p>
      {failure?.requestId && <p className="font-mono text-dense">{failure.requestId}</p>}
    </Alert>
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
