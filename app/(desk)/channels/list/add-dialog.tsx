"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { FailureAlert } from "@/components/action/failure";
import { SmallTable } from "@/components/data-table/small-table";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Form } from "@/components/ui/field";
import { callAction } from "@/lib/call-action";
import type { AddOutcome } from "@/lib/channels/watches";
import { isHeader, unwrapped } from "@/lib/paste/unwrap";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { visibleText } from "@/lib/visible-text";
import { type Added, addChannels } from "../change-actions";
import { CHANNELS_KEY } from "../directory";

type AddDialogProps = {
  app: string;
  /** The most ids of one request. */
  most: number;
  onClose: () => void;
};

/** Asks for ids, reads the channels and shows the result for each id. */
export function AddDialog({ app, most, onClose }: AddDialogProps) {
  const t = useTranslations("channels.add");
  const queries = useQueryClient();
  const now = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLTextAreaElement>(null);
  const { mutate, reset, isPending, data, error, variables } = useMutation({
    mutationFn: (ids: readonly string[]) => callAction(addChannels, { app, ids: [...ids] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: CHANNELS_KEY }),
  });
  const outcomes = data?.ok ? data.value : null;
  const hasFailed = !isPending && (error !== null || data?.ok === false);
  // The pressed button unmounts when the result appears.
  useEffect(() => (outcomes ? now : first).current?.focus(), [outcomes]);
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <div ref={now} tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {hasFailed && (
          <FailureAlert
            failure={data?.ok === false ? data.failure : null}
            onDefaultApp={onClose}
            retrying={isPending}
            onRetry={() => mutate(variables ?? [])}
          />
        )}
        {outcomes ? (
          <>
            <AddResult outcomes={outcomes} />
            <div className="flex flex-wrap gap-2">
              <Button variant="primary" onClick={onClose}>
                {t("done")}
              </Button>
              <Button onClick={reset}>{t("another")}</Button>
            </div>
          </>
        ) : (
          <AddForm
            first={first}
            most={most}
            isPending={isPending}
            onAdd={(ids) => {
              if (!isPending) mutate(ids);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

type AddFormProps = {
  /** The field for the ids. */
  first: RefObject<HTMLTextAreaElement | null>;
  most: number;
  isPending: boolean;
  onAdd: (ids: readonly string[]) => void;
};

/** Longest file or pasted text, in characters. */
const MAX_TEXT = 1_000_000;
/** Bytes of the ids in one request. A request may have 64 KiB in all. */
const MAX_BYTES = 60_000;

/** A form for channel ids: typed, pasted or from a file. */
function AddForm({ first, most, isPending, onAdd }: AddFormProps) {
  const t = useTranslations("channels.add");
  const [text, setText] = useState("");
  const [unreadable, setUnreadable] = useState<"tooLong" | "noText" | null>(null);
  const [isSubmitted, setSubmitted] = useState(false);
  const { ids, ignored } = pastedIds(text);
  const problem = () => {
    if (unreadable) return t(unreadable);
    if (ids.length > most) return t("tooMany", { count: ids.length, most });
    if (bytesOf(ids) > MAX_BYTES) return t("tooLarge");
    return ids.length === 0 && isSubmitted ? t("empty") : null;
  };
  const change = (next: string) => {
    setSubmitted(false);
    setUnreadable(next.length > MAX_TEXT ? "tooLong" : null);
    setText(next.length > MAX_TEXT ? "" : next);
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size > MAX_TEXT ? "" : await file.text();
    const isNoText = read.includes("\0");
    change(isNoText ? "" : read);
    if (file.size > MAX_TEXT) setUnreadable("tooLong");
    else if (isNoText) setUnreadable("noText");
  };
  const submit = () => {
    setSubmitted(true);
    if (ids.length > 0 && problem() === null) onAdd(ids);
    else first.current?.focus();
  };
  return (
    <Form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label={t("ids")} hint={t("hint", { most })} error={problem()}>
        {(control) => (
          <textarea
            {...control}
            ref={first}
            rows={8}
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            className="w-full rounded-control border border-control bg-raised px-2.5 py-1.5 font-mono text-dense aria-invalid:border-bad"
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("file")}>
        {(control) => (
          <input
            id={control.id}
            type="file"
            accept=".txt,.csv,.tsv,text/plain,text/csv"
            className="max-w-full"
            onChange={(event) => void open(event.target.files?.[0])}
          />
        )}
      </Field>
      <p role="status" className="text-muted tabular-nums">
        {text.trim() !== "" && t("found", { count: ids.length, ignored })}
      </p>
      <Button
        type="submit"
        variant="primary"
        aria-disabled={isPending}
        className="justify-self-start"
      >
        {isPending ? t("adding", { count: ids.length }) : t("submit")}
      </Button>
    </Form>
  );
}

function bytesOf(ids: readonly string[]): number {
  return new Blob([JSON.stringify(ids)]).size;
}

/** In the order of the result. */
const OUTCOMES: readonly AddOutcome[] = [
  "added",
  "known",
  "gone",
  "unknown",
  "refused",
  "failed",
  "malformed",
];

/** The number of ids with each outcome, and the reason for each failed id. */
function AddResult({ outcomes }: { outcomes: readonly Added[] }) {
  const t = useTranslations("channels.add");
  const groups = OUTCOMES.map((outcome) => ({
    outcome,
    channels: outcomes.filter((each) => each.outcome === outcome),
  })).filter(({ channels }) => channels.length > 0);
  const others = outcomes.flatMap(({ outcome, ...each }) =>
    outcome === "added" || outcome === "known" ? [] : [{ ...each, outcome }],
  );
  return (
    <>
      <Alert tone={others.length === 0 ? "good" : "warn"}>
        <ul>
          {groups.map(({ outcome, channels }) => (
            <li key={outcome} className="tabular-nums">
              {t(`outcomes.${outcome}`, { count: channels.length })}
            </li>
          ))}
        </ul>
      </Alert>
      {others.length > 0 && (
        <div className="flex max-h-72 flex-col">
          <SmallTable
            title={t("reasons")}
            columns={[
              { name: t("id"), className: "!whitespace-normal" },
              { name: t("reason"), isText: true },
            ]}
            rows={others.map(({ channelId, outcome, code, reason }) => ({
              key: channelId,
              cells: [
                <bdi key="id" className="break-all font-mono">
                  {visibleText(channelId)}
                </bdi>,
                <>
                  <span>{reason ?? t(`reasonOf.${outcome}`)}</span>
                  {code !== null && <span className="text-muted"> ({String(code)})</span>}
                </>,
              ],
            }))}
          />
        </div>
      )}
    </>
  );
}

type PastedIds = {
  /** Distinct, in the order of the text. */
  readonly ids: readonly string[];
  /** The number of cells that were skipped. */
  readonly ignored: number;
};

/**
 * Finds the channel ids in a list, a column or an exported table. If some cells look like the vendor's ids,
 * the others are skipped. Otherwise every cell counts as an id, and the vendor decides.
 */
export function pastedIds(text: string): PastedIds {
  const cells = text
    .split(/[\r\n\t,;，、；]+/)
    .map(unwrapped)
    .filter((cell) => cell !== "");
  const ids = cells.filter((cell) => subscriberIdProblem(cell) === "channel");
  const found = ids.length > 0 ? ids : cells.filter((cell) => !isHeader(cell));
  return { ids: [...new Set(found)], ignored: cells.length - found.length };
}
