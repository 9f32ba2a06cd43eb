import type { FileManifest } from "./manifest";

/** What happens while a file is made. The last is `end`: without it there is no file, whatever bytes have come. */
export type ExportEvent<About extends FileManifest> =
  | { readonly type: "progress"; readonly read: number; readonly total: number }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly manifest: About };
