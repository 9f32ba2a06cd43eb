"use client";

import { ChevronDown, ChevronUp, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useEffect, useRef } from "react";
import { CommandOf } from "@/components/shell/commands";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { visibleText } from "@/lib/visible-text";
import { REPLACE } from "./address-options";

export type RowDrawerProps = {
  app: string;
  channelId: string;
  /** The rows of the list, in the order of the table. */
  rows: readonly { readonly channelId: string }[];
  /** Opens another row, or closes the drawer for null. */
  onOpen: (channelId: string | null, options?: typeof REPLACE) => void;
  /** Untrusted text. */
  title: string;
  /** Whether the row is being read again. */
  reading: boolean;
  onRefresh: () => void;
  children: ReactNode;
};

/** The drawer of one row of a list, with buttons for the previous and the next row. */
export function RowDrawer(props: RowDrawerProps) {
  const { app, channelId, rows, onOpen, title, reading, onRefresh, children } = props;
  const content = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row starts at the top
  useEffect(() => {
    content.current?.parentElement?.scrollTo(0, 0);
  }, [channelId]);
  const index = rows.findIndex((row) => row.channelId === channelId);
  // Back then closes the drawer. It does not return to every row that was open before.
  const to = (neighbor: number) => {
    const row = index === -1 ? undefined : rows[neighbor];
    return row ? () => onOpen(row.channelId, REPLACE) : null;
  };
  return (
    <Dialog
      title={visibleText(title)}
      shape="side"
      onClose={() => onOpen(null)}
      actions={
        <DrawerActions
          {...{ app, channelId, reading, onRefresh }}
          onPrevious={to(index - 1)}
          onNext={to(index + 1)}
        />
      }
    >
      <div ref={content} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {children}
      </div>
    </Dialog>
  );
}

type DrawerActionsProps = Pick<RowDrawerProps, "app" | "channelId" | "reading" | "onRefresh"> & {
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
};

/** Buttons and commands: previous row, next row, copy the link, refresh. */
function DrawerActions(props: DrawerActionsProps) {
  const { app, channelId, reading, onRefresh, onPrevious, onNext } = props;
  const t = useTranslations("drawer");
  const steps = [
    { name: "previous", keys: "k", Icon: ChevronUp, go: onPrevious },
    { name: "next", keys: "j", Icon: ChevronDown, go: onNext },
  ] as const;
  return (
    <div className="flex items-center gap-1">
      {steps.map(({ name, keys, Icon, go }) => (
        <Fragment key={name}>
          <CommandOf
            id={`drawer.${name}`}
            label={t(name)}
            group="row"
            keys={keys}
            inDialog
            enabled={go !== null}
            run={() => go?.()}
          />
          {/* A disabled button would lose the focus. */}
          <IconButton
            label={t(name)}
            aria-disabled={go === null}
            className="aria-disabled:opacity-50"
            onClick={() => go?.()}
          >
            <Icon aria-hidden />
          </IconButton>
        </Fragment>
      ))}
      <CopyButton value={linkTo(app, channelId)} label={t("copyLink")} />
      <IconButton label={t("refresh")} aria-disabled={reading} onClick={onRefresh}>
        <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
      </IconButton>
    </div>
  );
}

/** Returns the current address with this row open. */
function linkTo(app: string, channelId: string): string {
  const link = new URL(location.href);
  link.searchParams.set("app", app);
  link.searchParams.set("row", channelId);
  return link.href;
}
