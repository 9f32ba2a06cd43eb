"use client";

import { ClipboardList, ScanSearch } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopied } from "@/components/ui/use-copied";
import type { Subscription } from "@/lib/chat-api/types";
import type { LookupInput } from "./actions";
import { InspectorDialog } from "./lazy-pieces";
import type { ListAnswer } from "./list-answer";
import type { RoomFacts } from "./room-facts";

const loadTicket = () => import("./ticket");

type AnswerActionsProps = {
  answer: ListAnswer | null;
  /** The rows somebody has selected. */
  selected: readonly Subscription[];
  input: LookupInput;
  facts: RoomFacts;
};

/** What is taken from an answer into a ticket, and how its call was made. */
export function AnswerActions({ answer, selected, input, facts }: AnswerActionsProps) {
  const t = useTranslations("ticket");
  const regions = useTranslations("regions");
  const inspector = useTranslations("inspector");
  const format = useFormatter();
  const { said, copy } = useCopied();
  const [isInspecting, setInspecting] = useState(false);
  const app = facts.apps.find(({ slug }) => slug === input.app);
  const { readTo } = answer ?? {};

  const copyTicket = async () => {
    if (!answer || !readTo || !app) return;
    const { state, total, rows, known } = answer;
    const { ticketSummary } = await loadTicket();
    copy(
      ticketSummary({
        t,
        format,
        app: { ...app, region: regions(app.region ?? "custom") },
        subscriberId: input.subscriberId,
        known,
        total,
        read: rows.length,
        outcome: state === "complete" || state === "changed" ? state : "partial",
        readAt: readTo,
        rows: selected,
        link: location.href,
      }),
    );
  };
  return (
    <>
      <span role="status">{said}</span>
      <IconButton
        label={t("copy")}
        aria-disabled={!readTo}
        onPointerEnter={loadTicket}
        onFocus={loadTicket}
        onClick={copyTicket}
      >
        <ClipboardList aria-hidden />
      </IconButton>
      <IconButton label={inspector("title")} onClick={() => setInspecting(true)}>
        <ScanSearch aria-hidden />
      </IconButton>
      {isInspecting && <InspectorDialog input={input} onClose={() => setInspecting(false)} />}
    </>
  );
}
