"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { pastedIds } from "./pasted-ids";

type AddFormProps = {
  /** The field for the ids. */
  first: RefObject<HTMLTextAreaElement | null>;
  most: number;
  isPending: boolean;
  onAdd: (ids: readonly string[]) => void;
};

/** Characters of a file or a paste that are read at all. */
const MAX_TEXT = 1_000_000;
/** Bytes of ids that one request holds: the desk takes 64 KiB, with what is around them. */
const MAX_BYTES = 60_000;

/** Asks for the ids of channels: typed, pasted, or in a file. */
export function AddForm({ first, most, isPending, onAdd }: AddFormProps) {
  const t = useTranslations("channels.add");
  const [text, setText] = useState("");
  const [unreadable, setUnreadable] = useState<"tooLong" | "noText" | null>(null);
  const [isAsked, setAsked] = useState(false);
  const { ids, ignored } = pastedIds(text);
  const problem = () => {
    if (unreadable) return t(unreadable);
    if (ids.length > most) return t("tooMany", { count: ids.length, most });
    if (bytesOf(ids) > MAX_BYTES) return t("tooLarge");
    return ids.length === 0 && isAsked ? t("empty") : null;
  };
  const take = (given: string) => {
    setAsked(false);
    setUnreadable(given.length > MAX_TEXT ? "tooLong" : null);
    setText(given.length > MAX_TEXT ? "" : given);
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size > MAX_TEXT ? "" : await file.text();
    const isNoText = read.includes("\0");
    take(isNoText ? "" : read);
    if (file.size > MAX_TEXT) setUnreadable("tooLong");
    else if (isNoText) setUnreadable("noText");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (ids.length > 0 && problem() === null) onAdd(ids);
    else first.current?.focus();
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
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
            onChange={(event) => take(event.target.value)}
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
    </form>
  );
}

function bytesOf(ids: readonly string[]): number {
  return new Blob([JSON.stringify(ids)]).size;
}
