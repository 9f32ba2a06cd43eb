"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Form, Input, Select } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { MAX_TAG_LENGTH, tagName, type VisibleChannel } from "@/lib/channels/known-channel";
import type { Tag } from "@/lib/channels/tags";
import { visibleText } from "@/lib/visible-text";
import { changeTagPeriod, tagChannels } from "../change-actions";
import { ProblemText, useChange } from "../use-change";

type TagEditorProps = {
  app: string;
  channel: Pick<VisibleChannel, "channelId" | "tags">;
  /** All tags of the team. */
  all: readonly Tag[];
  /** The default refresh period of watched channels, in minutes. */
  refreshMinutes: number;
  /** Called after a change, where the page does not read it by a query. */
  onChanged?: () => void;
};

/** The tags of a channel, and the refresh period of each tag. */
export function TagEditor(props: TagEditorProps) {
  const { app, channel, all, refreshMinutes, onChanged } = props;
  const t = useTranslations("channels.tags");
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  const { change, isPending, problem } = useChange(tagChannels, onChanged);
  const { channelId, tags } = channel;
  const set = (tag: string, tagged: boolean) =>
    change({ app, channelIds: [channelId], tag, tagged });
  return (
    <section ref={section} tabIndex={-1} aria-labelledby={heading} className="grid gap-2">
      <h3 id={heading} className="font-semibold">
        {t("title")}
      </h3>
      {tags.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {tags.map((tag) => (
          <li key={tag} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <bdi className="min-w-0 flex-1 basis-32 break-words">{visibleText(tag)}</bdi>
            <TagPeriod
              tag={tag}
              minutes={all.find(({ name }) => name === tag)?.refreshMinutes ?? null}
              defaultMinutes={refreshMinutes}
              onChanged={onChanged}
            />
            <IconButton
              label={t("remove", { tag: visibleText(tag) })}
              aria-disabled={isPending}
              onClick={() => {
                // The pressed button unmounts.
                section.current?.focus();
                set(tag, false);
              }}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <TagForm
        known={all.map(({ name }) => name)}
        isPending={isPending}
        onTag={(tag) => set(tag, true)}
      />
      <ProblemText problem={problem} />
    </section>
  );
}

type TagPeriodProps = {
  tag: string;
  /** Null for the default period. */
  minutes: number | null;
  defaultMinutes: number;
  onChanged: (() => void) | undefined;
};

const PERIODS = [5, 15, 30, 60, 180, 360, 720, 1440];

/** The refresh period of watched channels with a tag. */
function TagPeriod({ tag, minutes, defaultMinutes, onChanged }: TagPeriodProps) {
  const t = useTranslations("channels.tags");
  const { change, isPending, problem } = useChange(changeTagPeriod, onChanged);
  const known = minutes === null || PERIODS.includes(minutes) ? PERIODS : [...PERIODS, minutes];
  return (
    <>
      <Select
        aria-label={t("period", { tag: visibleText(tag) })}
        value={minutes ?? ""}
        disabled={isPending}
        onChange={({ target: { value } }) =>
          change({ tag, minutes: value === "" ? null : Number(value) })
        }
      >
        <option value="">{t("usual", { minutes: defaultMinutes })}</option>
        {known.map((each) => (
          <option key={each} value={each}>
            {t("every", { minutes: each })}
          </option>
        ))}
      </Select>
      <ProblemText problem={problem} />
    </>
  );
}

type TagFormProps = {
  /** Existing tags, as suggestions. */
  known: readonly string[];
  isPending: boolean;
  onTag: (tag: string) => void;
};

/** Asks for the name of a tag. */
function TagForm({ known, isPending, onTag }: TagFormProps) {
  const t = useTranslations("channels.tags");
  const list = useId();
  const [text, setText] = useState("");
  const [isInvalid, setInvalid] = useState(false);
  const submit = () => {
    const name = tagName(text);
    setInvalid(name === null);
    if (name === null || isPending) return;
    setText("");
    onTag(name);
  };
  return (
    <Form onSubmit={submit} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <Field label={t("add")} error={isInvalid && t("unfit", { max: MAX_TAG_LENGTH })}>
          {(control) => (
            <Input
              {...control}
              list={list}
              value={text}
              dir="auto"
              autoComplete="off"
              maxLength={MAX_TAG_LENGTH * 2}
              onChange={(event) => {
                setText(event.target.value);
                setInvalid(false);
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
    </Form>
  );
}
