"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { FailureAction, FailureText } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Role } from "@/lib/auth/permissions";
import { matchesFilter } from "@/lib/bulk/bulk-answer";
import { BulkForm } from "./bulk-form";
import { BulkResults } from "./bulk-results";
import { type BulkRun, cancelRun, readAgain, useBulkRun } from "./bulk-run";

type BulkScreenProps = {
  app: string;
  role: Role;
  /** Whether the role sees the names of channels. */
  withNames: boolean;
};

/** The form, the progress and the results of a bulk lookup. */
export function BulkScreen({ app, role, withNames }: BulkScreenProps) {
  const t = useTranslations("bulk");
  const run = useBulkRun();
  const shown = run?.app === app ? run : null;
  const isRunning = run?.progress != null;
  const state = useRef<HTMLDivElement>(null);
  // The button that was pressed has made way for the other state.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus is lost at these changes only
  useEffect(() => {
    if (run && document.activeElement === document.body) state.current?.focus();
  }, [isRunning, run?.id]);
  return (
    <>
      <BulkForm key={app} {...{ app, withNames }} isRunning={isRunning} />
      <div ref={state} tabIndex={-1} className="outline-none empty:hidden">
        {run?.progress && <Progress progress={run.progress} />}
        {shown?.ended && <Ended key={shown.id} run={shown} ended={shown.ended} />}
      </div>
      {shown && shown.answers.size > 0 && <BulkResults key={shown.id} run={shown} role={role} />}
      {!run && <p className="text-muted">{t("explain")}</p>}
    </>
  );
}

function Progress({ progress }: { progress: NonNullable<BulkRun["progress"]> }) {
  const t = useTranslations("bulk");
  const { done, total, waitSeconds } = progress;
  const text = t("progress", { done, total });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <progress
        value={done}
        max={total}
        aria-label={t("progressLabel")}
        aria-valuetext={text}
        className="h-2 min-w-40 flex-1 accent-accent sm:max-w-md"
      />
      <p className="tabular-nums">{text}</p>
      <Button onClick={cancelRun}>{t("cancel")}</Button>
      {waitSeconds !== null && (
        <p role="status" className="w-full text-muted">
          {t("waiting", { seconds: waitSeconds })}
        </p>
      )}
    </div>
  );
}

type EndedProps = { run: BulkRun; ended: NonNullable<BulkRun["ended"]> };

/** How the reading ended, how many subscribers it left out, and what can be read again. */
function Ended({ run, ended }: EndedProps) {
  const t = useTranslations("bulk");
  const { subscriberIds, answers } = run;
  const left = subscriberIds.filter((id) => !answers.has(id));
  const failed = [...answers].flatMap(([id, answer]) =>
    matchesFilter(answer, "failed") ? [id] : [],
  );
  const goOn = () => readAgain(left);
  const isWhole = left.length === 0;
  return (
    <Alert
      tone={ended.how === "refused" ? "bad" : isWhole ? "neutral" : "warn"}
      action={
        <div className="flex flex-wrap gap-2">
          {ended.how === "refused" && ended.failure.code === "signedOut" ? (
            <FailureAction failure={ended.failure} retrying={false} onRetry={goOn} />
          ) : (
            <>
              {!isWhole && <Button onClick={goOn}>{t("continue")}</Button>}
              {failed.length > 0 && (
                <Button onClick={() => readAgain(failed)}>
                  {t("retry", { count: failed.length })}
                </Button>
              )}
            </>
          )}
        </div>
      }
    >
      {ended.how === "refused" ? (
        <FailureText failure={ended.failure} />
      ) : (
        <span>{t(`ended.${ended.how}`, { total: answers.size })}</span>
      )}{" "}
      {!isWhole && <span>{t("left", { left: left.length })}</span>}
    </Alert>
  );
}
