"use client";

import type { DirectoryAnswer, RoomFacts } from "./directory";
import { ChannelDrawer } from "./lazy-pieces";
import type { SetDirectoryParams } from "./search-params";

type OpenedChannelProps = {
  app: string;
  /** The channel whose drawer is open, or null. */
  channelId: string | null;
  answer: DirectoryAnswer | null;
  facts: RoomFacts;
  setParams: SetDirectoryParams;
};

// Going back leads out of the drawer, not through every row that was looked at.
const NEXT = { history: "replace" } as const;

/** The drawer of the channel that the address names. */
export function OpenedChannel(props: OpenedChannelProps) {
  const { app, channelId, answer, facts, setParams } = props;
  if (!channelId) return null;
  const rows = answer?.rows ?? [];
  const place = rows.findIndex((row) => row.channelId === channelId);
  const to = (row: (typeof rows)[number] | undefined) =>
    place === -1 || !row ? null : () => void setParams({ row: row.channelId }, NEXT);
  return (
    <ChannelDrawer
      {...{ app, channelId, facts }}
      inHand={rows[place] ?? null}
      onClose={() => void setParams({ row: null })}
      onPrevious={to(rows[place - 1])}
      onNext={to(rows[place + 1])}
    />
  );
}
