"use client";

import { useEffect, useRef, useState } from "react";
import { type ExportOutcome, type ExportProgress, runExport } from "./export-run";
import { saveExport } from "./export-save";

export type ExportState =
  | { readonly step: "choosing" }
  | { readonly step: "running"; readonly progress: ExportProgress | null }
  | ExportOutcome;

/** One export at a time; it ends with the component that started it. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ step: "choosing" });
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const start = async (findAddress: () => Promise<string>) => {
    // A second press of a button that is still on the screen.
    if (running.current) return;
    const stop = new AbortController();
    running.current = stop;
    setState({ step: "running", progress: null });
    const outcome = await runExport({
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
