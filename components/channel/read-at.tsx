"use client";

import { useFormatter, useNow } from "next-intl";

type ReadAtProps = {
  at: Date;
  /** When and how long ago, in a sentence. */
  say: (when: { readonly time: string; readonly age: string }) => string;
};

/** Every number says when it was read. */
export function ReadAt({ at, say }: ReadAtProps) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 1000 });
  // A clock that runs behind the server's must not put the reading into the future.
  const age = format.relativeTime(Math.min(at.getTime(), now.getTime()), now);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")} className="tabular-nums">
      {say({ time: format.dateTime(at, "time"), age })}
    </time>
  );
}
