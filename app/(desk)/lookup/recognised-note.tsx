"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Recognised } from "@/lib/paste/recognise";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { visibleText } from "@/lib/visible-text";
import type { AppNumber, Question } from "./recognised";
import { SHOWN_IDS } from "./recognised-ids";
import { appOf, questionParams } from "./recognised-question";

type RecognisedSentencesProps = {
  found: Recognised;
  /** The app in the address. */
  app: string | null;
  apps: readonly AppNumber[];
};

/** Says what was recognised, and what "Look up" will do with it, before anything is asked. */
export function RecognisedSentences({ found, app, apps }: RecognisedSentencesProps) {
  return useSentences(
    app,
    apps,
  )(found).map((sentence) => (
    <bdi key={sentence} className="wrap-anywhere min-w-0">
      {sentence}
    </bdi>
  ));
}

type RecognisedAskProps = {
  found: Recognised;
  /** The one in the address. */
  subscriber: string;
  onAsk: (channelId: string) => void;
};

/** Offers to ask whether the subscriber follows the channel that was recognised, where there are both. */
export function RecognisedAsk({ found, subscriber, onAsk }: RecognisedAskProps) {
  const t = useTranslations("paste");
  if (found.kind !== "channel" || subscriberIdProblem(subscriber) !== null) return null;
  return (
    <Button className="mt-1 max-w-full" onClick={() => onAsk(found.id)}>
      <span className="truncate">{t("ask", { subscriber })}</span>
    </Button>
  );
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
      case "subscribers":
        return [
          t("subscribers", { total: found.total }),
          ...(found.total > SHOWN_IDS ? [t("shown", { count: SHOWN_IDS })] : []),
          ...(found.ignored > 0 ? [t("ignored", { count: found.ignored })] : []),
        ];
      case "nothing":
        return [];
      default:
        return ofQuestion(found);
    }
  };
}
