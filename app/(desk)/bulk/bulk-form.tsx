"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { FailureText } from "@/components/action/failure";
import { ChannelCombobox } from "@/components/channel/channel-combobox";
import { NearChannels } from "@/components/channel/near-channels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, Form, focusOnArrival } from "@/components/ui/field";
import { pendingIds, setPendingIds } from "@/lib/bulk/pending-ids";
import { callAction } from "@/lib/call-action";
import { withoutSignature } from "@/lib/chat-api/request-body";
import { isShortened } from "@/lib/paste/ids";
import { MAX_IDS, type Recognised, recognise } from "@/lib/paste/recognise";
import { success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { askedChannel } from "@/lib/subscriptions/membership";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { suggestChannels } from "../membership-actions";
import { useKnownChannels } from "../use-known-channels";
import { currentRun, startRun } from "./bulk-run";

type BulkFormProps = {
  app: string;
  /** Whether the role sees the names of channels. */
  withNames: boolean;
  isRunning: boolean;
};

/** Takes the subscriber IDs and the channel of a bulk lookup. */
export function BulkForm({ app, withNames, isRunning }: BulkFormProps) {
  const t = useTranslations("bulk");
  const [text, setText] = useState(firstText);
  const [problem, setProblem] = useState<IdsProblem | null>(null);
  const [channelText, setChannelText] = useState(() => currentRun()?.channel?.channelId ?? "");
  const [searched, search] = useState("");
  const { channels } = useKnownChannels(app, searched);
  const question = useChannelQuestion(app);
  const client = useQueryClient();
  const typed = useDeferredValue(text);
  const pasted = useMemo(() => idsIn(typed), [typed]);

  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // The next visit of this page begins with its own run.
    setPendingIds(null);
    if (!currentRun()) focusOnArrival(field.current);
  }, []);

  const changeChannel = (changed: string) => {
    setChannelText(changed);
    question.reset();
  };
  const lookUp = () => {
    const { ids: subscriberIds, problem: found } = idsIn(text);
    setProblem(found);
    // Two presses may come before the first render.
    if (found || isRunning || client.isMutating({ mutationKey: QUESTION }) > 0) return;
    const start = (channel: ChannelName | null) => startRun({ app, channel, subscriberIds });
    if (channelText.trim() === "") return start(null);
    question.mutate(channelText, {
      onSuccess: (asked) => {
        if (asked.ok && asked.value.kind === "channel") start(asked.value.channel);
      },
    });
  };
  const submitByKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  const asked = question.data;
  // A mistake is told while the text has it, the lack of a text only on submit.
  const shown = pasted.problem?.kind === "empty" ? problem : pasted.problem;
  return (
    <Form
      className="grid max-w-5xl items-start gap-x-6 gap-y-3 lg:grid-cols-2 print:hidden"
      onSubmit={lookUp}
    >
      <Field
        label={t("ids")}
        hint={
          <span role="status">
            {pasted.problem ? t("hint", { max: MAX_IDS }) : <Counted pasted={pasted} />}
          </span>
        }
        error={shown && t(`problem.${shown.kind}`, { total: shown.total, max: MAX_IDS })}
      >
        {(control) => (
          <textarea
            {...control}
            ref={field}
            rows={4}
            value={text}
            onKeyDown={submitByKey}
            onChange={({ target }) => {
              setText(withoutSignature(target.value));
              setProblem(null);
            }}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="w-full resize-y rounded-control border border-control bg-raised px-2.5 py-1.5 font-mono aria-invalid:border-bad"
          />
        )}
      </Field>
      <div className="grid gap-3">
        <Field label={t("channel")}>
          {(control) => (
            <ChannelCombobox
              control={control}
              value={channelText}
              channels={channels}
              onSearch={search}
              onChange={changeChannel}
              onChoose={({ channelId }) => changeChannel(channelId)}
            />
          )}
        </Field>
        {asked?.ok && asked.value.kind === "unclear" && (
          <Alert tone="warn">
            <NearChannels
              {...{ withNames }}
              text={question.variables ?? ""}
              unclear={asked.value}
              onChoose={changeChannel}
            />
          </Alert>
        )}
        {(question.isError || asked?.ok === false) && (
          <Alert>
            <FailureText failure={asked?.ok === false ? asked.failure : null} />
          </Alert>
        )}
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          aria-disabled={isRunning || question.isPending}
        >
          <Search aria-hidden className="size-4" />
          {t("lookUp")}
        </Button>
      </div>
    </Form>
  );
}

/** How many IDs a text has, and what of it is left out or looks wrong. */
function Counted({ pasted: { ids, duplicates, ignored } }: { pasted: PastedIds }) {
  const t = useTranslations("bulk");
  const paste = useTranslations("paste");
  const sentences = [
    t("counted", { total: ids.length, duplicates }),
    ...(ignored > 0 ? [paste("ignored", { count: ignored })] : []),
    ...(ids.some(isShortened) ? [paste("someShortened")] : []),
  ];
  return <span>{sentences.join(" ")}</span>;
}

function firstText(): string {
  return (pendingIds() ?? currentRun()?.subscriberIds ?? []).join("\n");
}

type IdsProblem = {
  readonly kind: "empty" | "nothing" | "tooMany" | "formatted";
  readonly total: number;
};

type PastedIds = {
  readonly ids: readonly string[];
  readonly duplicates: number;
  /** Cells without an ID. */
  readonly ignored: number;
  readonly problem: IdsProblem | null;
};

/** Returns the subscriber IDs of a text, or why it gives none. */
function idsIn(text: string): PastedIds {
  if (text.trim() === "") return without("empty");
  const found = recognise(text);
  switch (found.kind) {
    case "subscribers": {
      if (found.total > MAX_IDS) return without("tooMany", found.total);
      return { ...found, problem: null };
    }
    case "doubtful":
      return without(found.reason === "sentence" ? "nothing" : "formatted");
    default: {
      const id = singleId(found);
      if (id === null || subscriberIdProblem(id) !== null) return without("nothing");
      return { ids: [id], duplicates: 0, ignored: 0, problem: null };
    }
  }
}

function without(kind: IdsProblem["kind"], total = 0): PastedIds {
  return { ids: [], duplicates: 0, ignored: 0, problem: { kind, total } };
}

function singleId(found: Exclude<Recognised, { kind: "subscribers" | "doubtful" }>): string | null {
  switch (found.kind) {
    case "subscriber":
      return found.id;
    case "request":
    case "curl":
      return found.subscriberId;
    case "link":
      return new URLSearchParams(found.search).get("subscriber");
    default:
      return null;
  }
}

const QUESTION = ["channel question"];

/** Finds the known channel that a text means. */
function useChannelQuestion(app: string) {
  return useMutation({
    mutationKey: QUESTION,
    mutationFn: async (text: string) => {
      const known = await callAction(suggestChannels, { app, text });
      return known.ok ? success(askedChannel(text, [], known.value.channels)) : known;
    },
  });
}
