"use client";

import type { Subscription } from "@/lib/chat-api/types";
import type { LookupInput } from "../actions";
import type { ListAnswer } from "../list/list-answer";
import type { Access } from "../reveal/use-access";
import type { RoomFacts } from "../room-facts";
import type { SetLookupParams } from "../search-params";
import { ChannelDrawer } from "./channel-drawer";

type OpenedRowProps = {
  /** The channel whose drawer is open. */
  channelId: string;
  input: LookupInput;
  answer: ListAnswer | null;
  /** In the order shown. */
  rows: readonly Subscription[];
  facts: RoomFacts;
  access: Access;
  setParams: SetLookupParams;
};

// Going back leads out of the drawer, not through every row that was looked at.
const NEXT = { history: "replace" } as const;

/** The drawer of the row that the address names. */
export function OpenedRow(props: OpenedRowProps) {
  const { channelId, input, answer, rows, facts, access, setParams } = props;
  const isIt = (row: Subscription) => row.channelId === channelId;
  const place = rows.findIndex(isIt);
  const inList = answer?.rows.findIndex(isIt) ?? -1;
  const to = (row: Subscription | undefined) =>
    place === -1 || !row ? null : () => void setParams({ row: row.channelId }, NEXT);
  return (
    <ChannelDrawer
      app={input.app}
      subscriberId={input.subscriberId}
      channelId={channelId}
      readable={access.readable}
      masked={facts.masked}
      inHand={answer?.rows[inList] ?? null}
      inHandAt={answer?.readTo ?? null}
      offsetHint={answer && inList >= 0 ? answer.offset + inList : null}
      onClose={() => void setParams({ row: null })}
      onPrevious={to(rows[place - 1])}
      onNext={to(rows[place + 1])}
    />
  );
}
