"use client";

import { useTranslations } from "next-intl";
import { ChannelHead, FactList, FactValue } from "@/components/channel/facts";
import { Skeleton } from "@/components/ui/screen";
import {
  CHANNEL_FIELDS,
  type Field,
  SUBSCRIPTION_FIELDS,
  type Subscription,
} from "@/lib/chat-api/types";
import { Mask } from "../reveal/mask";

type ChannelFactsProps = {
  channelId: string;
  /** What is known of it; a field that is not known is absent. */
  facts: Partial<Subscription> | null;
  readable: readonly Field[];
  /** Of these a mask shows until they are known. */
  masked: readonly Field[];
  /** False when it is known that there is no subscription to tell of. */
  isSubscription: boolean;
  /** The missing fields are on their way. */
  pending: boolean;
};

/** Every field of one row that the role may see or reveal, in the order of the API. */
export function ChannelFacts(props: ChannelFactsProps) {
  const { channelId, facts, readable, masked, isSubscription, pending } = props;
  const t = useTranslations("lookup");
  const words = useTranslations("drawer");
  const labels = useTranslations("fields");
  const reveal = useTranslations("reveal");
  const groups = [
    { title: t("channelFields"), fields: CHANNEL_FIELDS },
    { title: t("subscriptionFields"), fields: isSubscription ? SUBSCRIPTION_FIELDS : [] },
  ];
  const isShown = (field: Field) => readable.includes(field) || masked.includes(field);
  const shownValue = (field: Field) => {
    const value = facts?.[field];
    if (value !== undefined) {
      return (
        <FactValue
          label={labels(field)}
          value={value}
          look={lookOf(field)}
          nothing={words(field === "lastMessageAt" ? "never" : "notGiven")}
        />
      );
    }
    if (facts?.unreadable?.includes(field)) {
      return <span className="text-warn">{t("unreadable")}</span>;
    }
    if (masked.includes(field)) {
      return (
        <Mask field={field} label={reveal("of", { field: labels(field) })}>
          {reveal("reveal")}
        </Mask>
      );
    }
    if (pending) return <Skeleton className="h-5 w-40" />;
    return <span className="text-muted">{words("notRead")}</span>;
  };
  const factOf = (field: Field) => ({
    id: field,
    label: labels(field),
    value: shownValue(field),
    focusable: masked.includes(field),
  });
  return (
    <>
      <ChannelHead
        channelId={channelId}
        name={facts?.name ?? null}
        avatarUrl={facts?.avatarUrl ?? null}
      />
      {groups.map(({ title, fields }) => (
        <FactList key={title} title={title} facts={fields.filter(isShown).map(factOf)} />
      ))}
    </>
  );
}

function lookOf(field: Field) {
  if (field === "customString" || field === "subscriberCustomString") return "data";
  return field === "ownerId" || field === "avatarUrl" ? "code" : "text";
}
