"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { tidyViewName } from "@/lib/view-name";
import { MAX_VIEW_QUERY } from "@/lib/view-params";
import { visibleText } from "@/lib/visible-text";
import type { RoomViews } from "./room-views";
import { useSavedViewChange, useSavedViews } from "./use-saved-views";
import { NameForm } from "./views-menu-name";

type SaveViewProps = {
  views: RoomViews;
  /** What the view will keep. */
  query: string;
  onDone: (said: string) => void;
};

/** Saves the present view under a name, for oneself or for the team. */
export function SaveView({ views, query, onDone }: SaveViewProps) {
  const t = useTranslations("views");
  const { data } = useSavedViews(views);
  const { change, isPending, problem } = useSavedViewChange(views, views.save, onDone);
  const [isTeam, setTeam] = useState(false);
  if (query.length > MAX_VIEW_QUERY) {
    return (
      <p role="alert" className="text-bad">
        {t("tooLong", { length: query.length, max: MAX_VIEW_QUERY })}
      </p>
    );
  }
  const replaces = (typed: string) => {
    const key = foldedText(tidyViewName(typed) ?? "");
    const own = data?.ok ? data.value.filter((view) => view.madeBy === null) : [];
    return own.some((view) => view.isTeam === isTeam && foldedText(view.name) === key);
  };
  return (
    <NameForm
      start=""
      submitLabel={(typed) => t(replaces(typed) ? "replace" : "submit")}
      isPending={isPending}
      problem={problem}
      onSubmit={(name) => change({ name, query, isTeam }, t("saved", { name: visibleText(name) }))}
      onCancel={() => onDone("")}
    >
      <fieldset>
        <legend className="font-medium">{t("forWhom")}</legend>
        {[false, true].map((team) => (
          <label key={String(team)} className="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name="for-whom"
              checked={isTeam === team}
              onChange={() => setTeam(team)}
              className="size-4 shrink-0 accent-accent"
            />
            {t(team ? "wholeTeam" : "onlyMe")}
          </label>
        ))}
      </fieldset>
    </NameForm>
  );
}
