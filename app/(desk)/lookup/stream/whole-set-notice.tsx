"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { FailureAction, FailureText, RefreshFailed } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { WholeSetProgress } from "@/lib/chat-api/types";
import type { Collected } from "@/lib/subscriptions/collected";
import { readingCost } from "@/lib/subscriptions/reading-cost";
import type { WholeSetReading } from "./use-whole-set";

type WholeSetNoticeProps = {
  whole: WholeSetReading;
  /** The rows are to be put in order, which waits for all of them. */
  isSorted: boolean;
  onReadAll: () => void;
};

/** How far the whole set is. It keeps the focus when the button that had it makes way for another. */
export function WholeSetNotice(props: WholeSetNoticeProps) {
  const { isReading, set } = props.whole;
  const place = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  const kind = isReading ? "reading" : set?.collected.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind brings other buttons
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) place.current?.focus();
  }, [kind]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears where the focus is
    <div
      ref={place}
      tabIndex={-1}
      className="outline-none empty:-mt-3"
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={() => {
        hadFocus.current = false;
      }}
    >
      <Notice {...props} />
    </div>
  );
}

/** What there is to say of it, and the way on where it is not all there. */
function Notice({ whole, isSorted, onReadAll }: WholeSetNoticeProps) {
  const { set, isReading, cancel, readAgain } = whole;
  if (isReading) return <ReadingProgress progress={set?.progress ?? null} onCancel={cancel} />;
  if (!set) return null;
  if (set.notRefreshed?.state === "failed") {
    return (
      <RefreshFailed
        failure={set.notRefreshed.failure}
        readAt={set.collected.readTo ?? new Date()}
        retrying={false}
        onRetry={readAgain}
      />
    );
  }
  return <Ended {...{ collected: set.collected, whole, isSorted, onReadAll }} />;
}

type EndedProps = WholeSetNoticeProps & { collected: Collected };

/** A reading that is over, and how it ended. */
function Ended({ collected, whole, isSorted, onReadAll }: EndedProps) {
  const t = useTranslations("wholeSet");
  const { state, failure, progress } = collected;
  const { read, total } = progress;
  const partial = total > 0 ? t("partial", { read, total }) : t("nothing");
  const waits = isSorted && <p>{t("waitsForOrder")}</p>;
  const again = <Button onClick={whole.readAgain}>{t("readAgain")}</Button>;
  const goOn = <Button onClick={whole.goOn}>{t("continue")}</Button>;
  const say = (tone: "neutral" | "warn", words: ReactNode, action: ReactNode) => (
    <Alert tone={tone} action={action}>
      {words}
      {waits}
    </Alert>
  );
  switch (state) {
    case "complete":
      return null;
    case "changed":
      return (
        <Alert tone="warn" action={again}>
          <Changed {...progress} />
        </Alert>
      );
    case "endless":
      return say("warn", <p>{t("endless", { read })}</p>, again);
    case "paused": {
      const cost = readingCost(total - read, collected.firstTook);
      const action = <Button onClick={onReadAll}>{t("readAll")}</Button>;
      return say("neutral", <p>{t("paused", { total, ...cost })}</p>, action);
    }
    case "failed": {
      const retry = { retrying: false, onRetry: whole.goOn };
      const signIn = failure?.code === "signedOut";
      const action = signIn ? <FailureAction failure={failure} {...retry} /> : goOn;
      const words = (
        <>
          <p className="font-medium">{partial}</p>
          <FailureText failure={failure} />
        </>
      );
      return say("warn", words, action);
    }
    default:
      return say("neutral", <p>{partial}</p>, goOn);
  }
}

type ReadingProgressProps = {
  /** Null before the first answer has come. */
  progress: WholeSetProgress | null;
  onCancel: () => void;
};

/** How much of a whole set has been read, while it is. */
function ReadingProgress({ progress, onCancel }: ReadingProgressProps) {
  const t = useTranslations("wholeSet");
  const words = useId();
  const { read = 0, total = 0 } = progress ?? {};
  const isCounted = total > 0;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
      <div
        role="progressbar"
        aria-labelledby={words}
        aria-valuemin={0}
        {...(isCounted && { "aria-valuemax": total, "aria-valuenow": Math.min(read, total) })}
        className="h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left rounded-full bg-accent transition-transform"
          style={{ transform: `scaleX(${isCounted ? Math.min(1, read / total) : 0})` }}
        />
      </div>
      <p id={words} className="tabular-nums">
        {isCounted ? t("progress", { read, total }) : t("starting")}
      </p>
      <Button onClick={onCancel}>{t("cancel")}</Button>
    </div>
  );
}

/** What is not right with a list that was read to its end, as far as it can be told. */
export function Changed(progress: Omit<WholeSetProgress, "answers">) {
  const t = useTranslations("wholeSet");
  const { read, total, duplicates, unreadableRows, totalChanged } = progress;
  return (
    <>
      {(duplicates > 0 || totalChanged) && <p>{t("changed", { duplicates })}</p>}
      {unreadableRows > 0 && <p>{t("unreadableRows", { rows: unreadableRows })}</p>}
      {read !== total && <p>{t("miscounted", { read, total })}</p>}
    </>
  );
}
