"use client";

import { useEffect, useRef, useState } from "react";
import type { FileManifest } from "@/lib/export/manifest";
import { type ExportOutcome, type ExportProgress, runExport } from "./run-export";
import { saveExport } from "./save-export";

type ExportState<About extends FileManifest> =
  | { readonly step: "choosing" }
  | { readonly step: "running"; readonly progress: ExportProgress | null }
  | ExportOutcome<About>;

/** One export at a time; it ends with the component that started it. */
export function useExport<About extends FileManifest>() {
  const [state, setState] = useState<ExportState<About>>({ step: "choosing" });
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const start = async (findAddress: () => Promise<string>) => {
    // A second press of a button that is still on the screen.
    if (running.current) return;
    const stop = new AbortController();
    running.current = stop;
    setState({ step: "running", progress: null });
    const outcome = await runExport<About>({
      address: await findAddress(),
      signal: stop.signal,
      onProgress: (progress) => setState({ step: "running", progress }),
    });
    running.current = null;
    if (outcome.step === "done") saveExport(outcome.file);
    setState(outcome);
  };

  return {
    state,
    start: (findAddress: () => Promise<string>) => void start(findAddress),
    cancel: () => running.current?.abort(),
    choose: () => setState({ step: "choosing" }),
  };
}
