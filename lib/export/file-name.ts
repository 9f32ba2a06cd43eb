import type { ExportFormat } from "./formats";

type Named = {
  readonly app: string;
  readonly subscriberId: string;
  readonly format: ExportFormat;
  readonly at: Date;
};

/** The name of a file: whose channels, in which app, and when. Any id becomes a name that every system takes. */
export function exportFileName({ app, subscriberId, format, at }: Named): string {
  const moment = at.toISOString().replace(/\.\d+|[-:]/g, "");
  return `channels-of-${harmless(subscriberId)}-${harmless(app)}-${moment}.${format}`;
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
