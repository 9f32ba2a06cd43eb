import type { FileExtension } from "./formats";

/** Returns a file name with the time: any text becomes a name that every system takes. */
export function exportFileName(what: string, at: Date, extension: FileExtension): string {
  const moment = at.toISOString().replace(/\.\d+|[-:]/g, "");
  return `${what.replace(/[^\w.-]+/g, "_")}-${moment}.${extension}`;
}

/** Returns the name of the manifest that lies beside a file. */
export function manifestFileName(fileName: string): string {
  return `${fileName.replace(/\.[a-z]+$/, "")}.manifest.json`;
}

/** Returns the header of an answer that a browser is to save under this name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  return `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
