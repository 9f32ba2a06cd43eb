"use client";

import type { Subscription } from "@/lib/chat-api/types";
import type { LookupInput } from "../actions";
import type { ListAnswer } from "../list/list-answer";
import type { Access } from "../reveal/use-access";
import type { RoomFacts } from "../room-facts";
import type { SetLookupParams } from "../search-params";
import { ChannelDrawer } from "./channel-drawer";

type OpenedRowProps = {
  /** The channel of the open drawer. */
  channelId: string;
  input: LookupInput;
  answer: ListAnswer | null;
  /** In the order of the table. */
  rows: readonly Subscription[];
  facts: RoomFacts;
  access: Access;
  setParams: SetLookupParams;
};

/** The drawer of the row in the address. */
export function OpenedRow(props: OpenedRowProps) {
  const { channelId, input, answer, rows, facts, access, setParams } = props;
  const index = answer?.rows.findIndex((row) => row.channelId === channelId) ?? -1;
  return (
    <ChannelDrawer
      {...{ channelId, rows }}
      app={input.app}
      subscriberId={input.subscriberId}
      readable={access.readable}
      masked={facts.masked}
      inHand={answer?.rows[index] ?? null}
      inHandAt={answer?.readTo ?? null}
      offsetHint={answer && index >= 0 ? answer.offset + index : null}
      onOpen={(row, options) => void setParams({ row }, options)}
    />
  );
}
