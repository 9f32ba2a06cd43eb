"use client";

import { useRef } from "react";
import { type Selection, switched } from "./selection";

/** Switches a row; with Shift, all from the one that was switched before it. */
export function useSelecting<Row>(selection: Selection<Row> | undefined) {
  const last = useRef<string | null>(null);
  return (id: string, ranged: boolean) => {
    selection?.onSelect(switched(selection, id, ranged ? last.current : null));
    last.current = id;
  };
}
