import { manifestFileName } from "@/lib/export/file-name";
import { type FileManifest, manifestFile } from "@/lib/export/manifest";
import type { ExportedFile } from "./run-export";

/** Milliseconds for which a browser may still be fetching what it was told to save. */
const KEPT = 60_000;

/** Saves a finished file, and beside it the manifest where the file cannot hold it. */
export function saveExport(file: ExportedFile<FileManifest>): void {
  save(file.fileName, file.blob);
  if (file.manifest.format === "csv") saveManifest(file);
}

export function saveManifest({ fileName, manifest }: ExportedFile<FileManifest>): void {
  save(
    manifestFileName(fileName),
    new Blob([manifestFile(manifest)], { type: "application/json" }),
  );
}

function save(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL, KEPT, link.href);
}
