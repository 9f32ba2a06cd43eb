"use client";

import { useFormatter } from "next-intl";
import { useAge } from "./relative-time";

type ReadAtProps = {
  at: Date;
  /** When and how long ago, in a sentence. */
  say: (when: { readonly time: string; readonly age: string }) => string;
};

/** When the numbers on the page were read. */
export function ReadAt({ at, say }: ReadAtProps) {
  const format = useFormatter();
  const age = useAge(at, at);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")} className="tabular-nums">
      {say({ time: format.dateTime(at, "time"), age })}
    </time>
  );
}
