"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { visibleText } from "@/lib/visible-text";
import { useSavedViewChange } from "./use-saved-views";
import type { ViewEntryProps } from "./views-menu-entry";
import { NameForm } from "./views-menu-name";

type ChangeProps = Pick<ViewEntryProps, "views" | "view" | "onDone">;

export function RenameView({ views, view: { id, name }, onDone }: ChangeProps) {
  const t = useTranslations("views");
  const { change, isPending, problem } = useSavedViewChange(views, views.rename, onDone);
  return (
    <NameForm
      start={name}
      submitLabel={() => t("submit")}
      isPending={isPending}
      problem={problem}
      onSubmit={(next) => change({ id, name: next }, t("renamed", { name: visibleText(next) }))}
      onCancel={() => onDone("")}
    />
  );
}

/** Asks first, here and not in a window of the browser. */
export function DeleteView({ views, view: { id, name, isTeam }, onDone }: ChangeProps) {
  const t = useTranslations("views");
  const { change, isPending, problem } = useSavedViewChange(views, views.remove, (said) =>
    onDone(said, true),
  );
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const shown = visibleText(name);
  return (
    <fieldset
      className="grid grid-cols-[minmax(0,1fr)] gap-2 px-1.5 py-2"
      aria-label={t("delete", { name: shown })}
    >
      <p className="break-words">
        {t.rich(isTeam ? "confirmTeam" : "confirm", {
          name: shown,
          apart: (chunks) => <bdi>{chunks}</bdi>,
        })}
      </p>
      {problem && (
        <p role="alert" className="text-bad text-dense">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          variant="danger"
          aria-disabled={isPending}
          onClick={() => change(id, t("deleted", { name: shown }))}
        >
          {t("confirmDelete")}
        </Button>
        <Button ref={keep} onClick={() => onDone("")}>
          {t("keep")}
        </Button>
      </div>
    </fieldset>
  );
}
