import type { ExportFormat } from "./formats";

type NamedList = {
  readonly what: string;
  readonly app: string;
  readonly format: ExportFormat;
  readonly at: Date;
};

type Named = Omit<NamedList, "what"> & { readonly subscriberId: string };

/** The name of a file: whose channels, in which app, and when. */
export function exportFileName({ subscriberId, ...named }: Named): string {
  return listFileName({ ...named, what: `channels-of-${subscriberId}` });
}

/** The name of a file: what, in which app, and when. Any text becomes a name that every system takes. */
export function listFileName({ what, app, format, at }: NamedList): string {
  return fileNameAt(`${what}-${app}`, at, format);
}

/** Returns a file name with the time, in which other characters of `what` are replaced. */
export function fileNameAt(what: string, at: Date, format: ExportFormat): string {
  return `${harmless(what)}-${at.toISOString().replace(/\.\d+|[-:]/g, "")}.${format}`;
}

/** The name of the manifest that lies beside a file. */
export function manifestFileName(fileName: string): string {
  return `${fileName.replace(/\.[a-z]+$/, "")}.manifest.json`;
}

/** The head of an answer that a browser is to save under this name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  return `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}

function harmless(text: string): string {
  return text.replace(/[^\w.-]+/g, "_");
}
