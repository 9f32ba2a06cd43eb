import { Fragment } from "react";
import { splitIsolated } from "./words";

/** A phrase in which each piece of vendor text keeps its direction to itself. */
export function Phrase({ words }: { words: string }) {
  return splitIsolated(words).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have nothing but their place
    index % 2 === 1 ? <bdi key={index}>{piece}</bdi> : <Fragment key={index}>{piece}</Fragment>,
  );
}
