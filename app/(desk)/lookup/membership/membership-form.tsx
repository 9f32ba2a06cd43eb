"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import {
  type FormEvent,
  type KeyboardEvent,
  useDeferredValue,
  useId,
  useMemo,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, keepComposingEnter } from "@/components/ui/field";
import { callAction } from "@/lib/call-action";
import type { Subscription } from "@/lib/chat-api/types";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { visibleText } from "@/lib/visible-text";
import type { LookupResult } from "../actions";
import type { WholeSet } from "../stream/use-whole-set";
import { suggestChannels } from "./actions";

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
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const listId = useId();
  // Back and forward bring another question into the field.
  if (asked !== follows) setDraft({ asked: follows, draft: follows });

  const { channels, prepare } = useSuggestions(
    { app, subscriberId, withNames },
    isOpen ? draft.trim() : "",
  );
  const isShown = isOpen && channels.length > 0;
  const chosen = isShown && active !== null ? channels[active] : undefined;
  const close = () => {
    setOpen(false);
    setActive(null);
  };
  const ask = (channel: string | null) => {
    close();
    onAsk(channel);
  };
  const choose = ({ channelId }: ChannelName) => {
    setDraft({ asked, draft: channelId });
    ask(channelId);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) choose(chosen);
    else ask(draft.trim() || null);
  };
  const move = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !isShown) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // One place more than there are options: the field itself.
      const places = channels.length + 1;
      const next = ((active ?? -1) + 1 + step + places) % places;
      setActive(next === 0 ? null : next - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  };

  return (
    <form className="w-full max-w-md" onKeyDown={keepComposingEnter} onSubmit={submit}>
      <Field label={t("label")}>
        {(control) => (
          <div className="flex gap-2">
            <div className="relative min-w-0 flex-1">
              <Input
                {...control}
                role="combobox"
                aria-expanded={isShown}
                aria-controls={isShown ? listId : undefined}
                aria-autocomplete="list"
                aria-activedescendant={chosen && `${listId}-${active}`}
                value={draft}
                onFocus={prepare}
                onBlur={close}
                onKeyDown={move}
                onChange={({ target }) => {
                  setDraft({ asked, draft: target.value });
                  setOpen(true);
                  setActive(null);
                }}
                placeholder={t("example")}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                maxLength={200}
              />
              {isShown && (
                <Suggestions
                  id={listId}
                  label={t("suggestions")}
                  {...{ channels, active }}
                  onChoose={choose}
                />
              )}
            </div>
            <Button type="submit">{t("ask")}</Button>
          </div>
        )}
      </Field>
      <p role="status" className="sr-only">
        {isShown && t("suggestionCount", { count: channels.length })}
      </p>
    </form>
  );
}

type SuggestionsProps = {
  id: string;
  label: string;
  channels: readonly ChannelName[];
  /** The index of the option that Enter chooses. */
  active: number | null;
  onChoose: (channel: ChannelName) => void;
};

function Suggestions({ id, label, channels, active, onChoose }: SuggestionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 top-full z-40 mt-1 max-h-80 overflow-y-auto rounded-control bg-raised p-1 text-ink shadow-float"
    >
      {channels.map((channel, index) => (
        <div
          key={channel.channelId}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="grid cursor-default rounded-control px-2 py-1 hover:bg-hover aria-selected:bg-hover"
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(channel)}
          onKeyDown={({ key }) => key === "Enter" && onChoose(channel)}
        >
          <bdi className="truncate">{visibleText(channel.name || channel.channelId)}</bdi>
          {channel.name && (
            <bdi className="truncate font-mono text-dense text-muted">
              {visibleText(channel.channelId)}
            </bdi>
          )}
        </div>
      ))}
    </div>
  );
}

const MAX_SUGGESTIONS = 8;
const NONE: readonly ChannelName[] = [];

type InHand = Pick<MembershipFormProps, "app" | "subscriberId" | "withNames">;

/** Channels near a text, of the subscriber's rows in hand and of the channels known to the desk. */
function useSuggestions({ app, subscriberId, withNames }: InHand, text: string) {
  const client = useQueryClient();
  const wanted = useDeferredValue(text);
  const [near, setNear] = useState<typeof import("@/lib/subscriptions/near-names") | null>(null);
  const { data } = useQuery({
    queryKey: ["suggested channels", app, wanted],
    enabled: wanted !== "",
    queryFn: () => callAction(suggestChannels, { app, text: wanted }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const known = data?.ok ? data.value.channels : NONE;
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
    ...whole.flatMap(([, set]) => set?.held.subscriptions ?? []),
    ...pages.flatMap(([, page]) => (page?.ok ? page.value.subscriptions : [])),
  ];
}
