"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { useLinks } from "@/components/shell/link-context";
import { Button } from "@/components/ui/button";
import { Field, focusOnArrival, Input, keepComposingEnter } from "@/components/ui/field";
import type { Recognised } from "@/lib/paste/recognise";
import { MAX_SUBSCRIBER_ID_BYTES, subscriberIdProblem, trimmed } from "@/lib/subscriber-id";
import { visibleText } from "@/lib/visible-text";
import type { LookupParams } from "../search-params";
import type { AppNumber, Question } from "./pasted";
import { loadRecogniser, type Recogniser, useEntry } from "./use-entry";

type LookupFormProps = {
  /** The id in the address, or an empty string. */
  subscriber: string;
  app: string | null;
  apps: readonly AppNumber[];
  onLook: (subscriber: string) => void;
  /** Opens the address that a pasted request or link stands for. */
  onFollow: (params: LookupParams) => void;
  /** Checks whether the subscriber in the address follows a channel. */
  onAsk: (channelId: string) => void;
};

/** Takes an id or a pasted text. Without JavaScript the form leads to the same address. */
export function LookupForm({ subscriber, app, apps, onLook, onFollow, onAsk }: LookupFormProps) {
  const t = useTranslations("lookup");
  const queries = useQueryClient();
  const links = useLinks();
  const field = useRef<HTMLInputElement>(null);
  const choices = useRef<HTMLUListElement>(null);
  const entry = useEntry(subscriber);
  const { recogniser, draft, judged, found, list } = entry;
  useEffect(() => {
    if (subscriber === "") focusOnArrival(field.current);
  }, [subscriber]);
  const problem = judged === null ? null : subscriberIdProblem(judged);

  const look = (id: string) => {
    entry.judge(id);
    if (subscriberIdProblem(id) !== null) return;
    // Submitting the same id again reads it again from the vendor.
    if (id !== subscriber) onLook(id);
    else void queries.refetchQueries({ type: "active" }, { cancelRefetch: false });
  };

  const follow = (target: Recognised, { questionParams }: Recogniser) => {
    switch (target.kind) {
      case "subscriber":
        return look(target.id);
      case "subscribers":
      case "doubtful":
        return choices.current?.querySelector("button")?.focus();
      case "link": {
        const address = links?.addressIn(target.search);
        if (!address) return followQuestion(target, questionParams);
        entry.restart();
        // The page looks up the link in the same way as on browser navigation.
        return history.pushState(null, "", address);
      }
      case "request":
      case "curl":
        return followQuestion(target, questionParams);
      default:
        return look(trimmed(draft));
    }
  };

  const followQuestion = (question: Question, paramsOf: Recogniser["questionParams"]) => {
    entry.restart();
    onFollow(paramsOf(question, app, apps));
  };

  const ask = (channelId: string) => {
    entry.restart();
    // The button disappears, so the focus moves to the field first.
    field.current?.focus();
    onAsk(channelId);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (found && recogniser) return follow(found, recogniser);
    // A plain id does not wait for the recogniser.
    const loaded = entry.isId ? null : await loadRecogniser();
    if (loaded) follow(loaded.recognise(draft), loaded);
    else look(trimmed(draft));
  };

  return (
    <form
      action={links ? "/lookup/ask" : "/lookup"}
      method={links ? "post" : "get"}
      className="w-full max-w-xl"
      onKeyDown={keepComposingEnter}
      onSubmit={submit}
    >
      {app && <input type="hidden" name="app" value={app} />}
      <Field
        label={t("subscriberId")}
        error={
          problem &&
          t(`problem.${problem}`, {
            max: MAX_SUBSCRIBER_ID_BYTES,
            shown: visibleText(judged ?? ""),
          })
        }
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              ref={field}
              name="subscriber"
              value={draft}
              onFocus={entry.prepare}
              onPaste={entry.paste}
              onChange={(event) => entry.change(event.target.value)}
              placeholder={t("example")}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              enterKeyHint="search"
              className="font-mono"
            />
            <Button type="submit" variant="primary">
              <Search aria-hidden className="size-4" />
              {t("lookUp")}
            </Button>
          </div>
        )}
      </Field>
      <div>
        <p role="status" className="not-empty:mt-1 flex flex-wrap gap-x-1 text-dense text-muted">
          {found && recogniser && <recogniser.Sentences {...{ found, app, apps }} />}
        </p>
        {found && recogniser && <recogniser.Ask {...{ found, subscriber }} onAsk={ask} />}
      </div>
      {list && recogniser && (
        <recogniser.Ids
          ref={choices}
          ids={list.ids}
          subscriber={subscriber}
          bulk={bulkAddress(list, app)}
          onChoose={look}
        />
      )}
    </form>
  );
}

/** Returns where a whole list can be looked up; null for a longer one, or for readings of one text. */
function bulkAddress(list: Recognised, app: string | null): string | null {
  if (list.kind !== "subscribers" || list.total > list.ids.length) return null;
  return app ? `/bulk?${new URLSearchParams({ app })}` : "/bulk";
}
