import type { Frame } from "@/lib/export/answer";
import { MEDIA_TYPES, manifestFileName } from "@/lib/export/formats";
import { type FileManifest, manifestFile } from "@/lib/export/manifest";
import type { Failure } from "@/lib/failure";
import { failureIn, linesOf } from "@/lib/subscriptions/whole-set-events";

export type ExportProgress = { readonly read: number; readonly total: number };

export type ExportedFile<About extends FileManifest> = {
  readonly fileName: string;
  readonly blob: Blob;
  readonly manifest: About;
};

/** The result of an export. The failure is null if the server sent none. */
export type ExportOutcome<About extends FileManifest> =
  | { readonly step: "done"; readonly file: ExportedFile<About> }
  | { readonly step: "failed"; readonly failure: Failure | null }
  | { readonly step: "cancelled" };

type Run = {
  readonly address: string;
  /** Posted to the address, if there is one. */
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
};

/** Requests a file and collects its frames. Without the last frame there is no file. */
export async function runExport<About extends FileManifest>({
  address,
  body,
  signal,
  onProgress,
}: Run): Promise<ExportOutcome<About>> {
  try {
    const response = await fetch(address, {
      ...{ signal, headers: { accept: MEDIA_TYPES.ndjson } },
      ...(body !== undefined && { method: "POST", body }),
    });
    if (!response.ok || !response.body) {
      return { step: "failed", failure: await failureIn(response) };
    }
    return await gathered(response.body, onProgress);
  } catch {
    // Cancelled by the person, or the connection broke.
    return signal.aborted ? { step: "cancelled" } : { step: "failed", failure: null };
  }
}

async function gathered<About extends FileManifest>(
  body: NonNullable<Response["body"]>,
  onProgress: Run["onProgress"],
): Promise<ExportOutcome<About>> {
  const parts: BlobPart[] = [];
  let manifest: About | null = null;
  for await (const text of linesOf(body)) {
    const frame: Frame<About> = JSON.parse(text);
    if ("progress" in frame) onProgress(frame.progress);
    else if ("chunk" in frame) parts.push(bytesOf(frame.chunk));
    else if ("manifest" in frame) manifest = frame.manifest;
    else if ("failure" in frame) return { step: "failed", failure: frame.failure };
    else if (manifest) {
      const blob = new Blob(parts, { type: MEDIA_TYPES[manifest.format] });
      return { step: "done", file: { fileName: frame.done.fileName, blob, manifest } };
    }
  }
  return { step: "failed", failure: null };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
}

/** Milliseconds for which the browser may still read a saved file. */
const KEPT = 60_000;

/** Saves a file, and the manifest as a second file if the format cannot contain it. */
export function saveExport(file: ExportedFile<FileManifest>): void {
  saveBlob(file.fileName, file.blob);
  if (file.manifest.format === "csv") saveManifest(file);
}

export function saveManifest({ fileName, manifest }: ExportedFile<FileManifest>): void {
  saveBlob(
    manifestFileName(fileName),
    new Blob([manifestFile(manifest)], { type: "application/json" }),
  );
}

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL, KEPT, link.href);
}
