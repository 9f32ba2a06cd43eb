"use client";

import { Check, Pencil, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { UntrustedText } from "@/components/channel/text";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/screen";
import type { SavedView } from "@/lib/views/saved-views";
import { visibleText } from "@/lib/visible-text";
import {
  DeleteView,
  type PageViews,
  RenameView,
  SaveView,
  useSavedViews,
  ViewAlert,
} from "./view-forms";

type Task = { readonly kind: "save" } | { readonly kind: "rename" | "delete"; id: string };

export type ViewsMenuProps = {
  views: PageViews;
  app?: string;
  /** The part of the current query that a view saves. */
  query: string;
  /** Receives the query of the chosen view. It is untrusted. */
  onApply: (query: string) => void;
  trigger: ReactNode;
};

/** The menu of saved views. It is mounted at the first opening, so it starts open. */
export function ViewsMenu({ views, app, query, onApply, trigger }: ViewsMenuProps) {
  const t = useTranslations("views");
  const [open, setOpen] = useState(true);
  const [task, setTask] = useState<Task | null>(null);
  const [message, setMessage] = useState("");
  const opener = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);

  const start = (next: Task | null) => {
    opener.current = document.activeElement;
    setMessage("");
    setTask(next);
  };
  const end = (result: string, isGone = false) => {
    setTask(null);
    setMessage(result);
    // The buttons of a deleted view are about to unmount.
    const isBack = !isGone && content.current?.contains(opener.current);
    (isBack && opener.current instanceof HTMLElement ? opener.current : content.current)?.focus();
  };
  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setTask(null);
    setMessage("");
  };

  return (
    <Popover open={open} onOpenChange={show}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        ref={content}
        tabIndex={-1}
        aria-label={t("button")}
        className="grid w-80 grid-cols-[minmax(0,1fr)] gap-3"
        onEscapeKeyDown={(event) => {
          // Escape ends a composition, then the task, then the menu.
          const isComposing = event.isComposing || event.keyCode === 229;
          if (isComposing || task) event.preventDefault();
          if (!isComposing && task) end("");
        }}
      >
        <ViewsList
          {...{ views, app }}
          current={query}
          task={task}
          onTask={start}
          onDone={end}
          onApply={(view) => {
            show(false);
            onApply(view);
          }}
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-line border-t pt-3">
          <Button
            aria-expanded={task?.kind === "save"}
            onClick={() => start(task?.kind === "save" ? null : { kind: "save" })}
          >
            {t("save")}
          </Button>
          {task?.kind === "save" && <SaveView views={views} query={query} onDone={end} />}
          <p role="status" className="break-words text-dense text-muted">
            {message}
          </p>
        </div>
      </PopoverContent>
    </Popover>
  );
}

type ViewsListProps = Omit<ViewEntryProps, "view">;

/** The person's views and the team's, or the reason that they cannot be read. */
function ViewsList(props: ViewsListProps) {
  const t = useTranslations("views");
  const { data, isFetching, refetch } = useSavedViews(props.views);
  if (data?.ok) return <Groups saved={data.value} {...props} />;
  if (!data && isFetching) return <Reading label={t("reading")} />;
  const retry = (
    <Button aria-disabled={isFetching} onClick={() => void refetch({ cancelRefetch: false })}>
      {t("retry")}
    </Button>
  );
  return (
    <Alert action={retry}>
      {data ? `${data.failure.happened} ${data.failure.remedy}` : t("unreachable")}
    </Alert>
  );
}

function Groups({ saved, ...props }: ViewsListProps & { saved: readonly SavedView[] }) {
  const t = useTranslations("views");
  const { compare } = new Intl.Collator(useLocale(), { numeric: true });
  if (saved.length === 0) return <p className="text-muted">{t("none")}</p>;
  const sorted = saved.toSorted((a, b) => compare(a.name, b.name));
  return (["mine", "team"] as const).map((group) => {
    const members = sorted.filter(({ isTeam }) => isTeam === (group === "team"));
    if (members.length === 0) return null;
    return (
      <section key={group} aria-labelledby={`views-${group}`}>
        <h2 id={`views-${group}`} className="mb-1 font-medium text-muted">
          {t(group)}
        </h2>
        <ul>
          {members.map((view) => (
            <ViewEntry key={view.id} view={view} {...props} />
          ))}
        </ul>
      </section>
    );
  });
}

function Reading({ label }: { label: string }) {
  return (
    <div className="grid gap-2 py-1">
      <span role="status" className="sr-only">
        {label}
      </span>
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-4 w-56" />
    </div>
  );
}

type ViewEntryProps = {
  views: PageViews;
  app: string | undefined;
  view: SavedView;
  /** The part of the current query that a view saves. */
  current: string;
  task: Task | null;
  onTask: (task: Task | null) => void;
  /** Receives the result as a sentence, and whether the view no longer exists. */
  onDone: (message: string, isGone?: boolean) => void;
  onApply: (query: string) => void;
};

/** One view. Its name applies it. Buttons rename and delete it where that is allowed. */
function ViewEntry(props: ViewEntryProps) {
  const { views, app, view, current, task, onTask, onDone, onApply } = props;
  const t = useTranslations("views");
  const { id, query, madeBy, mayChange } = view;
  const name = visibleText(view.name);
  const isCurrent = views.canonical(query) === current;
  const openForm = task && task.kind !== "save" && task.id === id ? task.kind : null;
  const toggle = (kind: "rename" | "delete") => ({
    "aria-expanded": openForm === kind,
    onClick: () => onTask(openForm === kind ? null : { kind, id }),
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
        {views.alerts && app !== undefined && (
          <ViewAlert alerts={views.alerts} {...{ app, view, onDone }} />
        )}
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
      {openForm === "rename" && <RenameView {...{ views, view, onDone }} />}
      {openForm === "delete" && <DeleteView {...{ views, view, onDone }} />}
    </li>
  );
}
