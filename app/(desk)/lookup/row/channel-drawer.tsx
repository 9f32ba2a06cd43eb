"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { DrawerActions } from "@/components/channel/drawer-actions";
import { Dialog } from "@/components/ui/dialog";
import { FIELDS, type Field, type Subscription } from "@/lib/chat-api/types";
import { visibleText } from "@/lib/visible-text";
import { ChannelFacts } from "./channel-facts";
import { DrawerAnswer } from "./drawer-answer";
import { DrawerStatus } from "./drawer-status";
import { useRow } from "./use-row";

type ChannelDrawerProps = {
  app: string;
  subscriberId: string;
  channelId: string;
  /** The fields that are asked for, and those that the person's role sees after giving a reason. */
  readable: readonly Field[];
  masked: readonly Field[];
  /** The row as the list has it, when it has it, and when that was read. */
  inHand: Subscription | null;
  inHandAt: Date | null;
  /** Index of the row in the list, to find it again with one call. */
  offsetHint: number | null;
  onClose: () => void;
  /** Null where there is no such row. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
};

/** One row with all that the role may see, read anew; what is in hand shows until that has come. */
export function ChannelDrawer(props: ChannelDrawerProps) {
  const { app, subscriberId, channelId, readable, masked } = props;
  const { inHand, inHandAt, offsetHint, onClose } = props;
  const t = useTranslations("drawer");
  const fields = useTranslations("fields");
  const { data, error, isFetching, refetch } = useRow(
    { app, subscriberId, channelId, offsetHint },
    readable,
  );
  const top = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row begins at its top
  useEffect(() => {
    top.current?.parentElement?.scrollTo(0, 0);
  }, [channelId]);

  const refresh = () => void refetch({ cancelRefetch: false });
  const row = data?.ok ? data.value : null;
  const subscription = row?.subscription.answer === "yes" ? row.subscription.subscription : null;
  const facts = row ? merged(row.channel ?? inHand, subscription) : inHand;
  const hidden = FIELDS.filter((field) => !readable.includes(field) && !masked.includes(field));
  return (
    <Dialog
      title={visibleText(facts?.name ?? channelId)}
      shape="side"
      onClose={onClose}
      actions={<DrawerActions {...props} reading={isFetching} onRefresh={refresh} />}
    >
      <div ref={top} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <DrawerStatus row={row} reading={isFetching} inHandAt={inHand && inHandAt} />
        <DrawerAnswer
          {...{ subscriberId, row, error, inHand, inHandAt }}
          failure={data?.ok === false ? data.failure : null}
          retry={{ retrying: isFetching, onRetry: refresh }}
          onDefaultApp={onClose}
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
      </div>
    </Dialog>
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
