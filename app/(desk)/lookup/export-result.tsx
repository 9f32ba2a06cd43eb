"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Manifest } from "@/lib/export/manifest";
import { Changed } from "./changed";
import type { ExportedFile } from "./export-run";
import { saveExport, saveManifest } from "./export-save";

type ExportResultProps = { file: ExportedFile; onAnother: () => void };

/** What was written, and what is to be known about it. */
export function ExportResult({ file, onAnother }: ExportResultProps) {
  const t = useTranslations("export");
  const { manifest, fileName } = file;
  const isWhole = manifest.outcome === "complete";
  return (
    <div className="grid gap-3">
      <Alert tone={isWhole ? "good" : "warn"}>
        <p className="font-medium">{t("done", { rows: manifest.writtenRows })}</p>
        <p className="break-all font-mono text-dense">{fileName}</p>
        <Changed
          read={manifest.readRows}
          total={manifest.expectedRows}
          duplicates={manifest.duplicateRows}
          totalChanged={manifest.totalChanged}
        />
        {manifest.replacedCharacters > 0 && (
          <p>{t("replaced", { count: manifest.replacedCharacters })}</p>
        )}
      </Alert>
      <Essentials manifest={manifest} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => saveManifest(file)}>{t("saveManifest")}</Button>
        <Button onClick={() => saveExport(file)}>{t("saveAgain")}</Button>
        <Button onClick={onAnother}>{t("another")}</Button>
      </div>
    </div>
  );
}

function Essentials({ manifest }: { manifest: Manifest }) {
  const t = useTranslations("export.manifest");
  const format = useFormatter();
  const lines = [
    ["app", `${manifest.app.name} (${manifest.app.sdkAppId})`],
    ["subscriber", manifest.subscriber],
    ["readFrom", format.dateTime(new Date(manifest.readFrom), "exact")],
    ["readTo", format.dateTime(new Date(manifest.readTo), "exact")],
    ["expectedRows", format.number(manifest.expectedRows)],
    ["readRows", format.number(manifest.readRows)],
    ["writtenRows", format.number(manifest.writtenRows)],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-dense">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{t(name)}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
