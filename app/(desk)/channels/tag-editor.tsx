"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { Tag } from "@/lib/channels/tags";
import { visibleText } from "@/lib/visible-text";
import { setChannelTags } from "./change-actions";
import type { DirectoryRow } from "./directory-row";
import { ProblemText } from "./problem-text";
import { TagForm } from "./tag-form";
import { TagPeriod } from "./tag-period";
import { useChange } from "./use-change";

type TagEditorProps = {
  app: string;
  channel: DirectoryRow;
  /** All tags of the team. */
  all: readonly Tag[];
  /** How often watched channels are read without a tag that says so. In minutes. */
  refreshMinutes: number;
};

/** The tags of a channel, and how often channels with each of them are read. */
export function TagEditor({ app, channel, all, refreshMinutes }: TagEditorProps) {
  const t = useTranslations("channels.tags");
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  const { change, isPending, problem } = useChange(setChannelTags, () => undefined);
  const { channelId, tags } = channel;
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
              usual={refreshMinutes}
            />
            <IconButton
              label={t("remove", { tag: visibleText(tag) })}
              aria-disabled={isPending}
              onClick={() => {
                // The button goes with its tag.
                section.current?.focus();
                change({ app, channelId, tags: tags.filter((other) => other !== tag) });
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
        onTag={(tag) => change({ app, channelId, tags: [...tags, tag] })}
      />
      <ProblemText problem={problem} />
    </section>
  );
}
