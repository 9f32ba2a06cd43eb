"use client";

import { ChevronDown, ChevronUp, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/commands";
import { CopyButton } from "@/components/ui/copy";
import { IconButton } from "@/components/ui/icon-button";

type DrawerActionsProps = {
  app: string;
  channelId: string;
  /** It is being read anew. */
  reading: boolean;
  /** Null where only what is known already is shown. */
  onRefresh: (() => void) | null;
  /** Null where there is no such row. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
};

/** What can be done with an open row: leave it for its neighbours, pass it on, read it again. */
export function DrawerActions(props: DrawerActionsProps) {
  const { app, channelId, reading, onRefresh, onPrevious, onNext } = props;
  const t = useTranslations("drawer");
  const row = { group: "row", inDialog: true } as const;
  useCommand({
    ...row,
    id: "drawer.previous",
    label: t("previous"),
    keys: "k",
    enabled: onPrevious !== null,
    run: () => onPrevious?.(),
  });
  useCommand({
    ...row,
    id: "drawer.next",
    label: t("next"),
    keys: "j",
    enabled: onNext !== null,
    run: () => onNext?.(),
  });
  return (
    <div className="flex items-center gap-1">
      {/* Not disabled at the ends of the list: a button that is would lose the focus. */}
      <IconButton
        label={t("previous")}
        aria-disabled={onPrevious === null}
        className="aria-disabled:opacity-50"
        onClick={() => onPrevious?.()}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton
        label={t("next")}
        aria-disabled={onNext === null}
        className="aria-disabled:opacity-50"
        onClick={() => onNext?.()}
      >
        <ChevronDown aria-hidden />
      </IconButton>
      <CopyButton value={linkTo(app, channelId)} label={t("copyLink")} />
      {onRefresh && (
        <IconButton label={t("refresh")} aria-disabled={reading} onClick={onRefresh}>
          <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      )}
    </div>
  );
}

/** The present view with this row open, whatever of it the address says already. */
function linkTo(app: string, channelId: string): string {
  const link = new URL(location.href);
  link.searchParams.set("app", app);
  link.searchParams.set("row", channelId);
  return link.href;
}
