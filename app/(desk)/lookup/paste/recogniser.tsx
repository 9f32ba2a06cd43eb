"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { setPendingIds } from "@/lib/bulk/pending-ids";
import { isShortened } from "@/lib/paste/ids";
import { type Recognised, recognise } from "@/lib/paste/recognise";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { visibleText } from "@/lib/visible-text";
import { type AppNumber, appOf, isItself, pasted, type Question, questionParams } from "./pasted";

/** More buttons than this are too many to pass with Tab. */
const SHOWN_IDS = 50;

/** Handles a text that is more than an id. Few lookups need it, so it is loaded on demand. */
export const RECOGNISER = { recognise, isItself, pasted, questionParams, Sentences, Ask, Ids };

type SentencesProps = {
  found: Recognised;
  /** The app in the address. */
  app: string | null;
  apps: readonly AppNumber[];
};

/** Says what was recognised and what "Look up" will do with it. */
function Sentences({ found, app, apps }: SentencesProps) {
  return useSentences(
    app,
    apps,
  )(found).map((sentence) => (
    <bdi key={sentence} className="wrap-anywhere min-w-0">
      {sentence}
    </bdi>
  ));
}

function useSentences(app: string | null, apps: readonly AppNumber[]) {
  const t = useTranslations("paste");

  const ofQuestion = (found: Question): string[] => {
    const { subscriber, fields, offset, size } = questionParams(found, app, apps);
    if (found.kind === "link") {
      return [subscriber ? t("link", { id: visibleText(subscriber) }) : t("linkToNobody")];
    }
    const what = { id: found.subscriberId, fields: fields.length };
    const rows = t("rows", { from: offset + 1, to: offset + size });
    if (found.kind === "request") return [t("request", what), rows];
    return [t("curl", what), rows, ...ofApp(found.sdkAppId), t("signature")];
  };

  const ofApp = (sdkAppId: number | null): string[] => {
    if (sdkAppId === null) return [];
    const named = appOf(sdkAppId, apps);
    if (!named) return [t("otherApp", { sdkAppId: String(sdkAppId) })];
    return named.slug === (app ?? apps[0]?.slug) ? [] : [t("toApp", { app: named.slug })];
  };

  return (found: Recognised): string[] => {
    switch (found.kind) {
      case "subscriber":
        return [t("subscriber", { id: found.id })];
      case "channel":
        return [t("channel", { id: visibleText(found.id) })];
      case "doubtful":
        return [
          t(`doubtful.${found.reason}`),
          ...(found.ids.length > SHOWN_IDS ? [t("shown", { count: SHOWN_IDS })] : []),
        ];
      case "subscribers":
        return [
          t("subscribers", { total: found.total }),
          ...(found.total > SHOWN_IDS ? [t("shown", { count: SHOWN_IDS })] : []),
          ...(found.ignored > 0 ? [t("ignored", { count: found.ignored })] : []),
          ...(found.ids.some(isShortened) ? [t("someShortened")] : []),
        ];
      case "nothing":
        return [];
      default:
        return ofQuestion(found);
    }
  };
}

type AskProps = {
  found: Recognised;
  /** The one in the address. */
  subscriber: string;
  onAsk: (channelId: string) => void;
};

/** Offers to check whether the subscriber in the address follows the recognised channel. */
function Ask({ found, subscriber, onAsk }: AskProps) {
  const t = useTranslations("paste");
  if (found.kind !== "channel" || subscriberIdProblem(subscriber) !== null) return null;
  return (
    <Button className="mt-1 max-w-full" onClick={() => onAsk(found.id)}>
      <span className="truncate">{t("ask", { subscriber })}</span>
    </Button>
  );
}

type IdsProps = {
  ids: readonly string[];
  /** The one in the address. */
  subscriber: string;
  /** The address of the bulk lookup; null for a choice between readings of one text. */
  bulk: string | null;
  onChoose: (id: string) => void;
  ref: Ref<HTMLUListElement>;
};

/** Lists the ids of a pasted column as buttons, to look up one after another. */
function Ids({ ids, subscriber, bulk, onChoose, ref }: IdsProps) {
  const t = useTranslations("paste");
  return (
    <>
      <ul
        ref={ref}
        aria-label={t("ids")}
        className="-mx-1 mt-1 flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-1"
      >
        {ids.slice(0, SHOWN_IDS).map((id) => (
          <li key={id}>
            <Button
              aria-current={id === subscriber}
              className={`font-mono ${id === subscriber ? "bg-accent-soft text-accent-ink" : ""}`}
              onClick={() => onChoose(id)}
            >
              {id}
            </Button>
          </li>
        ))}
      </ul>
      {bulk && (
        // The IDs stay out of the address.
        <Link href={bulk} prefetch={false} className="underline" onClick={() => setPendingIds(ids)}>
          {t("lookUpAll", { total: ids.length })}
        </Link>
      )}
    </>
  );
}
