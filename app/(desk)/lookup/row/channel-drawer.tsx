"use client";

import { useTranslations } from "next-intl";
import { RowDrawer, type RowDrawerProps } from "@/components/listing/row-drawer";
import { FIELDS, type Field, type Subscription } from "@/lib/chat-api/types";
import { ChannelFacts } from "./channel-facts";
import { DrawerAnswer } from "./drawer-answer";
import { DrawerStatus } from "./drawer-status";
import { useRow } from "./use-row";

type ChannelDrawerProps = Pick<RowDrawerProps, "app" | "channelId" | "rows" | "onOpen"> & {
  subscriberId: string;
  /** The fields to read. */
  readable: readonly Field[];
  /** The fields that the role sees after giving a reason. */
  masked: readonly Field[];
  /** The row of the list, if the list has it, and the time at which it was read. */
  inHand: Subscription | null;
  inHandAt: Date | null;
  /** The index of the row in the list, to find it with one call. */
  offsetHint: number | null;
};

/** One row with all fields that the role may see. The row of the list shows until it is read again. */
export function ChannelDrawer(props: ChannelDrawerProps) {
  const { app, subscriberId, channelId, readable, masked } = props;
  const { rows, onOpen, inHand, inHandAt, offsetHint } = props;
  const t = useTranslations("drawer");
  const fields = useTranslations("fields");
  const { data, error, isFetching, refetch } = useRow(
    { app, subscriberId, channelId, offsetHint },
    readable,
  );

  const refresh = () => void refetch({ cancelRefetch: false });
  const row = data?.ok ? data.value : null;
  const subscription = row?.subscription.answer === "yes" ? row.subscription.subscription : null;
  const facts = row ? merged(row.channel ?? inHand, subscription) : inHand;
  const hidden = FIELDS.filter((field) => !readable.includes(field) && !masked.includes(field));
  return (
    <RowDrawer
      {...{ app, channelId, rows, onOpen }}
      title={facts?.name ?? channelId}
      reading={isFetching}
      onRefresh={refresh}
    >
      <DrawerStatus row={row} reading={isFetching} inHandAt={inHand && inHandAt} />
      <DrawerAnswer
        {...{ subscriberId, row, error, inHand, inHandAt }}
        failure={data?.ok === false ? data.failure : null}
        retry={{ retrying: isFetching, onRetry: refresh }}
        onDefaultApp={() => onOpen(null)}
      />
      <ChannelFacts
        key={channelId}
        channelId={channelId}
        facts={facts}
        readable={readable}
        masked={masked}
        isSubscription={row?.subscription.answer !== "no"}
        pending={isFetching && row === null}
      />
      {hidden.length > 0 && (
        <p className="text-muted">
          {t("notShown", { fields: hidden.map((field) => fields(field)).join(", ") })}
        </p>
      )}
    </RowDrawer>
  );
}

/** What was read of a channel and of its subscription, in one. */
function merged(
  channel: Subscription | null,
  subscription: Subscription | null,
): Partial<Subscription> {
  const unreadable = [...(channel?.unreadable ?? []), ...(subscription?.unreadable ?? [])];
  return { ...channel, ...subscription, ...(unreadable.length > 0 && { unreadable }) };
}
