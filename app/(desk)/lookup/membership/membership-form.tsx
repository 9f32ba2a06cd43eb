"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ChannelCombobox } from "@/components/channel/channel-combobox";
import { Button } from "@/components/ui/button";
import { Field, Form } from "@/components/ui/field";
import type { Subscription } from "@/lib/chat-api/types";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { useKnownChannels } from "../../use-known-channels";
import type { LookupResult } from "../actions";
import type { WholeSet } from "../stream/use-whole-set";

type MembershipFormProps = {
  app: string;
  subscriberId: string;
  /** Whether the role sees names without giving a reason. */
  withNames: boolean;
  /** The channel that the address asks about, or nothing. */
  follows: string;
  onAsk: (channel: string | null) => void;
};

/** Asks whether this subscriber follows a channel, by its ID or name, and suggests channels. */
export function MembershipForm(props: MembershipFormProps) {
  const { app, subscriberId, withNames, follows, onAsk } = props;
  const t = useTranslations("membership");
  const [{ asked, draft }, setDraft] = useState({ asked: follows, draft: follows });
  const [searched, setSearched] = useState("");
  // Back and forward bring another question into the field.
  if (asked !== follows) setDraft({ asked: follows, draft: follows });

  const { channels, prepare } = useSuggestions({ app, subscriberId, withNames }, searched);
  return (
    <Form className="w-full max-w-md" onSubmit={() => onAsk(draft.trim() || null)}>
      <Field label={t("label")}>
        {(control) => (
          <div className="flex gap-2">
            <ChannelCombobox
              {...{ control, channels }}
              value={draft}
              onFocus={prepare}
              onSearch={setSearched}
              onChange={(text) => setDraft({ asked, draft: text })}
              onChoose={({ channelId }) => {
                setDraft({ asked, draft: channelId });
                onAsk(channelId);
              }}
            />
            <Button type="submit">{t("ask")}</Button>
          </div>
        )}
      </Field>
    </Form>
  );
}

const MAX_SUGGESTIONS = 8;
const NONE: readonly ChannelName[] = [];

type InHand = Pick<MembershipFormProps, "app" | "subscriberId" | "withNames">;

/** Channels near a text, of the subscriber's rows in hand and of the channels known to the desk. */
function useSuggestions({ app, subscriberId, withNames }: InHand, text: string) {
  const client = useQueryClient();
  const { wanted, channels: known } = useKnownChannels(app, text);
  const [near, setNear] = useState<typeof import("@/lib/subscriptions/near-names") | null>(null);
  const channels = useMemo(() => {
    if (!near || wanted === "") return NONE;
    const rows: readonly ChannelName[] = rowsInHand(client, app, subscriberId);
    const mine = withNames ? rows : rows.map(({ channelId }) => ({ channelId }));
    return near.nearOwnChannels(wanted, mine, known, MAX_SUGGESTIONS);
  }, [near, wanted, client, app, subscriberId, withNames, known]);
  return {
    channels,
    prepare: () => void import("@/lib/subscriptions/near-names").then(setNear),
  };
}

/** The subscriber's rows that this browser has read, whole lists and pages. */
function rowsInHand(
  client: ReturnType<typeof useQueryClient>,
  app: string,
  subscriberId: string,
): Subscription[] {
  const whole = client.getQueriesData<WholeSet>({ queryKey: ["whole", app, subscriberId] });
  const pages = client.getQueriesData<LookupResult>({ queryKey: ["lookup", app, subscriberId] });
  return [
    ...whole.flatMap(([, set]) => set?.collected.subscriptions ?? []),
    ...pages.flatMap(([, page]) => (page?.ok ? page.value.subscriptions : [])),
  ];
}
