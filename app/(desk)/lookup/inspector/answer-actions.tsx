"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ClipboardList, ScanSearch, ScrollText } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { StepLink } from "@/components/listing/step-link";
import { useLinks } from "@/components/shell/link-context";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/copy";
import { IconButton } from "@/components/ui/icon-button";
import { can } from "@/lib/auth/permissions";
import type { Subscription } from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import type { KnownChannels } from "../../membership-actions";
import type { LookupInput } from "../actions";
import { InspectorDialog } from "../lazy-pieces";
import type { ListAnswer } from "../list/list-answer";
import type { LookupContext } from "../lookup-context";
import { earlierCount } from "../recent/recent";

const loadTicket = async () => ({
  ...(await import("./ticket")),
  ...(await import("../membership/verdict")),
  ...(await import("../recent/difference")),
});

type AnswerActionsProps = {
  answer: ListAnswer | null;
  /** Why there is no answer, where the desk knows. */
  failure: Failure | null;
  /** The rows on the screen, and those that somebody has selected. */
  shown: readonly Subscription[];
  selected: readonly Subscription[];
  /** Whether rows are left out by a filter or a search. */
  isNarrowed: boolean;
  /** The channel that the address asks about. */
  follows: string | null;
  input: LookupInput;
  facts: LookupContext;
};

/** What is taken from an answer into a ticket, and how its call was made. */
export function AnswerActions(props: AnswerActionsProps) {
  const { answer, failure, shown, selected, isNarrowed, follows, input, facts } = props;
  const t = useTranslations("ticket");
  const regions = useTranslations("regions");
  const inspector = useTranslations("inspector");
  const failed = useTranslations("failed");
  const format = useFormatter();
  const queries = useQueryClient();
  const words = useTranslations("lookup");
  // The address of the audit log would name the subscriber.
  const hidesSubscribers = useLinks() !== null;
  const { said, copy } = useCopied();
  const [isInspecting, setInspecting] = useState(false);
  const app = facts.apps.find(({ slug }) => slug === input.app);
  const { readTo } = answer ?? {};

  const copyTicket = async () => {
    if (!app) return;
    const { ticketSummary, failureSummary, verdictOf, membershipKey, ...since } =
      await loadTicket();
    const { subscriberId } = input;
    const subject = {
      ...{ t, format, subscriberId, link: location.href },
      app: { ...app, region: regions(app.region ?? "custom") },
    };
    if (failure) return copy(failureSummary({ ...subject, failed, failure, at: new Date() }));
    if (!answer || !readTo) return;
    const { state, total, rows, known } = answer;
    const asked = { app: input.app, subscriberId, channel: follows ?? "" };
    const near = queries.getQueryData<Result<KnownChannels, Failure>>(membershipKey(asked));
    const verdict = near?.ok ? verdictOf(asked.channel, answer, near.value.channels) : null;
    const earlier = hidesSubscribers ? null : earlierCount(facts.userId, input, readTo.getTime());
    const change =
      earlier && since.describeDifference(words, since.differenceSince(earlier, answer));
    copy(
      ticketSummary({
        ...subject,
        known,
        total,
        read: rows.length,
        outcome: state === "complete" || state === "changed" ? state : "partial",
        since: earlier && change ? { at: new Date(earlier.at), change } : null,
        readAt: readTo,
        ...{ shown, selected },
        matching: isNarrowed ? shown.length : total,
        question: follows === null ? null : { text: follows, verdict },
      }),
    );
  };
  return (
    <>
      <span role="status" className="empty:-mr-2">
        {said}
      </span>
      <span data-key="ticket">
        <Button
          className="!px-2 text-dense text-ink"
          disabled={!readTo && !failure}
          onPointerEnter={loadTicket}
          onFocus={loadTicket}
          onClick={copyTicket}
        >
          <ClipboardList aria-hidden className="size-4 text-muted" />
          {t("copy")}
        </Button>
      </span>
      <IconButton label={inspector("title")} onClick={() => setInspecting(true)}>
        <ScanSearch aria-hidden />
      </IconButton>
      {can(facts.role, "audit") && !hidesSubscribers && (
        <StepLink label={words("auditLog")} href={auditAddress(input)} scroll>
          <ScrollText aria-hidden />
        </StepLink>
      )}
      {isInspecting && <InspectorDialog input={input} onClose={() => setInspecting(false)} />}
    </>
  );
}

/** Returns the address of the audit log entries about a subscriber. */
function auditAddress({ app, subscriberId }: LookupInput): string {
  return `/audit?${new URLSearchParams({ app, inApp: app, subscriber: subscriberId })}`;
}
