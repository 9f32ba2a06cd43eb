"use client";

import { Check, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { UntrustedText } from "@/components/channel/untrusted-text";
import { IconButton } from "@/components/ui/icon-button";
import type { SavedView } from "@/lib/saved-views";
import { visibleText } from "@/lib/visible-text";
import type { RoomViews } from "./room-views";
import type { Task } from "./views-menu";
import { DeleteView, RenameView } from "./views-menu-change";

export type ViewEntryProps = {
  views: RoomViews;
  view: SavedView;
  /** What a view would keep of the present address. */
  present: string;
  task: Task | null;
  onTask: (task: Task | null) => void;
  /** Gets what became of a task, in words, and whether the view is no more. */
  onDone: (said: string, isGone?: boolean) => void;
  onApply: (query: string) => void;
};

/** One view: applied by its name, and changed by whoever may. */
export function ViewEntry(props: ViewEntryProps) {
  const { views, view, present, task, onTask, onDone, onApply } = props;
  const t = useTranslations("views");
  const { id, query, madeBy, mayChange } = view;
  const name = visibleText(view.name);
  const isCurrent = views.keptOf(query) === present;
  const doing = task && task.kind !== "save" && task.id === id ? task.kind : null;
  const toggle = (kind: "rename" | "delete") => ({
    "aria-expanded": doing === kind,
    onClick: () => onTask(doing === kind ? null : { kind, id }),
  });
  return (
    <li>
      <div className="flex items-center gap-0.5">
        <button
          type="button"
          aria-current={isCurrent ? "true" : undefined}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 py-1 text-left hover:bg-hover"
          onClick={() => onApply(query)}
        >
          <Check
            aria-hidden
            className={`size-4 shrink-0 text-accent ${isCurrent ? "" : "invisible"}`}
          />
          <span className="min-w-0">
            <UntrustedText text={view.name} className={isCurrent ? "font-medium" : ""} />
            {madeBy !== null && (
              <span className="block truncate text-dense text-muted">
                {t.rich("madeBy", {
                  name: visibleText(madeBy),
                  apart: (chunks) => <bdi>{chunks}</bdi>,
                })}
              </span>
            )}
          </span>
        </button>
        {mayChange && (
          <>
            <IconButton label={t("rename", { name })} {...toggle("rename")}>
              <Pencil aria-hidden />
            </IconButton>
            <IconButton label={t("delete", { name })} {...toggle("delete")}>
              <Trash2 aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {doing === "rename" && <RenameView {...{ views, view, onDone }} />}
      {doing === "delete" && <DeleteView {...{ views, view, onDone }} />}
    </li>
  );
}
