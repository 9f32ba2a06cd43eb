"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { FailureAlert } from "@/components/action/failure";
import { TextBlock } from "@/components/channel/text";
import { SmallTable } from "@/components/data-table/small-table";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/screen";
import { callAction } from "@/lib/call-action";
import { indentJson } from "@/lib/json-text";
import { formats } from "@/lib/messages/formats";
import { visibleText } from "@/lib/visible-text";
import type { LookupInput } from "../actions";
import { type Inspection, type InspectResult, inspect } from "./inspect-actions";

type InspectorDialogProps = { input: LookupInput; onClose: () => void };

/** The call behind the lookup, as the server makes it. Opening it makes one. */
export function InspectorDialog({ input, onClose }: InspectorDialogProps) {
  const t = useTranslations("inspector");
  const format = useFormatter();
  const { app, subscriberId, fields, offset, size } = input;
  // Made whenever the inspector is opened, and kept no longer.
  const { data, error, isFetching, refetch } = useQuery<InspectResult>({
    queryKey: ["inspect", app, subscriberId, fields.join(), offset, size],
    queryFn: () => callAction(inspect, input),
    staleTime: 0,
    gcTime: 0,
  });
  const again = () => void refetch({ cancelRefetch: false });
  const retry = { retrying: isFetching, onRetry: again };
  const time = data?.ok && format.dateTime(data.value.calledAt, "time");
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      actions={
        <IconButton label={t("refresh")} aria-disabled={isFetching} onClick={again}>
          <RefreshCw aria-hidden className={isFetching ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p role="status" className="text-muted">
          {isFetching ? t("calling") : time && t("called", { time })}
        </p>
        {error && <FailureAlert failure={null} onDefaultApp={onClose} {...retry} />}
        {data?.ok === false && (
          <FailureAlert failure={data.failure} onDefaultApp={onClose} {...retry} />
        )}
        {data?.ok && <InspectorReport inspection={data.value} retry={retry} />}
        {isFetching && !data && <Skeleton className="h-64 w-full" />}
      </div>
    </Dialog>
  );
}

type InspectorReportProps = {
  inspection: Inspection;
  retry: { retrying: boolean; onRetry: () => void };
};

/** What was asked, how each attempt ended, what came back, and how to ask the same by hand. */
function InspectorReport({ inspection, retry }: InspectorReportProps) {
  const t = useTranslations("inspector");
  const { region, origin, path, body, attempts, answer, curl, failure } = inspection;
  const nothing = () => undefined;
  return (
    <>
      {failure && <FailureAlert failure={failure} onDefaultApp={nothing} {...retry} />}
      <CodeSection title={t("call")} text={`POST ${origin}${path}`}>
        <p className="mb-1">{t("region", { region })}</p>
      </CodeSection>
      <section>
        <h3 className="mb-1 font-semibold">{t("attempts")}</h3>
        {attempts.length > 0 ? <AttemptTable attempts={attempts} /> : <p>{t("noAttempt")}</p>}
      </section>
      <CodeSection title={t("body")} text={indentJson(body, Number.POSITIVE_INFINITY).text} />
      {answer ? (
        <CodeSection title={t("answer")} text={answer.text}>
          {answer.rest > 0 && <p className="mb-1">{t("cut", { rest: answer.rest })}</p>}
        </CodeSection>
      ) : (
        <section>
          <h3 className="mb-1 font-semibold">{t("answer")}</h3>
          <p>{t("noAnswer")}</p>
        </section>
      )}
      <CodeSection title={t("curl")} text={curl}>
        <p className="mb-1">{t("placeholders")}</p>
      </CodeSection>
    </>
  );
}

type CodeSectionProps = {
  title: string;
  text: string;
  /** What should be said before. */
  children?: ReactNode;
};

/** A part of the inspector that is code: shown as it is, and copied whole. */
function CodeSection({ title, text, children }: CodeSectionProps) {
  const t = useTranslations("inspector");
  const heading = useId();
  return (
    <div>
      <div className="mb-1 flex items-center gap-1">
        <h3 id={heading} className="font-semibold">
          {title}
        </h3>
        <CopyButton value={text} label={t("copy", { what: title })} />
      </div>
      {children}
      <section
        aria-labelledby={heading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
        tabIndex={0}
        className="max-h-80 overflow-y-auto rounded-control border border-line bg-background p-2"
      >
        <TextBlock text={text} className="break-all font-mono text-dense" />
      </section>
    </div>
  );
}

type Attempt = Inspection["attempts"][number];

const HEADERS = ["number", "started", "waited", "took", "outcome"] as const;

/** How often the call was made, how long each time took, and how it ended. */
function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useTranslations("inspector");
  const format = useFormatter();
  const toMilliseconds = { ...formats.dateTime.time, fractionalSecondDigits: 3 } as const;
  const milliseconds = (value: number) => t("milliseconds", { count: Math.round(value) });
  return (
    <SmallTable
      title={t("attempts")}
      columns={HEADERS.map((name) => ({ name: t(name), isText: name === "outcome" }))}
      rows={attempts.map((attempt, index) => ({
        key: index,
        cells: [
          index + 1,
          format.dateTime(attempt.startedAt, toMilliseconds),
          milliseconds(attempt.waited),
          milliseconds(attempt.duration),
          <Outcome key="outcome" attempt={attempt} />,
        ],
      }))}
      rowHeaders={false}
      framed={false}
    />
  );
}

function Outcome({ attempt: { failure, origin } }: { attempt: Attempt }) {
  const t = useTranslations("inspector");
  if (!failure) return t("outcomes.ok");
  const { kind, code, status, info } = failure;
  const said = (of: typeof kind) => {
    if (of === "network") return t("outcomes.network", { host: new URL(origin).host });
    return of === "timeout" || of === "malformed" ? t(`outcomes.${of}`) : null;
  };
  return (
    <>
      <span className="font-medium">
        {code !== null
          ? t("outcomes.rejected", { code: String(code) })
          : status !== null
            ? t("outcomes.http", { status: String(status) })
            : said(kind)}
      </span>{" "}
      <bdi className="font-mono [overflow-wrap:anywhere]">{visibleText(info)}</bdi>
    </>
  );
}
