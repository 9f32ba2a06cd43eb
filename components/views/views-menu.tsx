"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { RoomViews } from "./room-views";
import { ViewsButton } from "./views-button";
import { ViewsList } from "./views-menu-list";
import { SaveView } from "./views-menu-save";

/** What is being done in the menu, one thing at a time. */
export type Task = { readonly kind: "save" } | { readonly kind: "rename" | "delete"; id: string };

export type ViewsMenuProps = {
  views: RoomViews;
  /** What a view would keep of the present address. */
  query: string;
  /** Gets what a view keeps, to be parsed as an address is. */
  onApply: (query: string) => void;
};

/** The menu of saved views. Made when first opened, and open from then. */
export function ViewsMenu({ views, query, onApply }: ViewsMenuProps) {
  const t = useTranslations("views");
  const [open, setOpen] = useState(true);
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState("");
  const opener = useRef<Element | null>(null);
  const content = useRef<HTMLDivElement>(null);

  const start = (next: Task | null) => {
    opener.current = document.activeElement;
    setSaid("");
    setTask(next);
  };
  const end = (words: string, isGone = false) => {
    setTask(null);
    setSaid(words);
    // The buttons of a view that is gone are about to go as well.
    const isBack = !isGone && content.current?.contains(opener.current);
    (isBack && opener.current instanceof HTMLElement ? opener.current : content.current)?.focus();
  };
  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setTask(null);
    setSaid("");
  };

  return (
    <Popover open={open} onOpenChange={show}>
      <PopoverTrigger asChild>
        <ViewsButton />
      </PopoverTrigger>
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
          views={views}
          present={query}
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
            {said}
          </p>
        </div>
      </PopoverContent>
    </Popover>
  );
}
