"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_TAG_LENGTH, tagName } from "@/lib/channels/tag-name";

type TagFormProps = {
  /** The tags there are, to be offered. */
  known: readonly string[];
  isPending: boolean;
  onTag: (tag: string) => void;
};

/** Asks for the name of a tag. */
export function TagForm({ known, isPending, onTag }: TagFormProps) {
  const t = useTranslations("channels.tags");
  const list = useId();
  const [written, setWritten] = useState("");
  const [isUnfit, setUnfit] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = tagName(written);
    setUnfit(name === null);
    if (name === null || isPending) return;
    setWritten("");
    onTag(name);
  };
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <Field label={t("add")} error={isUnfit && t("unfit", { max: MAX_TAG_LENGTH })}>
          {(control) => (
            <Input
              {...control}
              list={list}
              value={written}
              dir="auto"
              autoComplete="off"
              maxLength={MAX_TAG_LENGTH * 2}
              onChange={(event) => {
                setWritten(event.target.value);
                setUnfit(false);
              }}
            />
          )}
        </Field>
      </div>
      <datalist id={list}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button type="submit" aria-disabled={isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}
