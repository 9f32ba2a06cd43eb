"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/channel/avatar";
import { TextBlock } from "@/components/channel/text-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import {
  CHANNEL_FIELDS,
  type Field,
  SUBSCRIPTION_FIELDS,
  type Subscription,
} from "@/lib/chat-api/types";
import { FieldValue } from "./field-value";
import { Mask } from "./mask";

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
  const shown = groups.map(({ title, fields }) => ({
    title,
    fields: fields.filter((field) => readable.includes(field) || masked.includes(field)),
  }));
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="[&>span]:size-20 [&>span]:text-title">
          <Avatar url={facts?.avatarUrl ?? null} name={facts?.name ?? channelId} />
        </div>
        <dl className="min-w-0 flex-1 basis-48">
          <dt className="text-dense text-muted">{labels("channelId")}</dt>
          <dd className="flex items-start gap-1">
            <TextBlock text={channelId} className="min-w-0 break-all font-mono" />
            <CopyButton value={channelId} label={t("copyChannelId")} />
          </dd>
        </dl>
      </div>
      {shown.map(({ title, fields }) => (
        <section key={title} hidden={fields.length === 0}>
          <h3 className="mb-2 font-semibold">{title}</h3>
          <dl className="grid grid-cols-[minmax(0,1fr)] gap-3">
            {fields.map((field) => (
              <div key={field}>
                <dt className="text-dense text-muted">{labels(field)}</dt>
                <dd className="mt-0.5" tabIndex={masked.includes(field) ? -1 : undefined}>
                  {facts?.[field] !== undefined ? (
                    <FieldValue field={field} value={facts[field]} />
                  ) : masked.includes(field) ? (
                    <Mask field={field} label={reveal("of", { field: labels(field) })}>
                      {reveal("reveal")}
                    </Mask>
                  ) : pending ? (
                    <Skeleton className="h-5 w-40" />
                  ) : (
                    <span className="text-muted">{words("notRead")}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
