"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { FileManifest } from "@/lib/export/manifest";
import type { ExportedRows } from "./export-choice";
import type { ExportedFile } from "./run-export";
import { saveExport, saveManifest } from "./save-export";

/** What a room says of a file that is finished. */
export type Described = {
  /** Nothing is missing as far as anyone can tell. */
  readonly isWhole: boolean;
  /** What else is to be known at once. */
  readonly remarks: ReactNode;
  /** The essentials of the manifest, by their names. */
  readonly facts: readonly (readonly [name: string, value: string])[];
};

type ExportResultProps = Described & {
  what: ExportedRows;
  file: ExportedFile<FileManifest>;
  onAnother: () => void;
};

/** What was written, and what is to be known about it. */
export function ExportResult(props: ExportResultProps) {
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
