"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { RelativeTime } from "@/components/channel/relative-time";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/screen";
import type { PersonalAlert, PersonalAlerts } from "@/lib/alerts/view-alerts";
import { channelAddress } from "@/lib/channels/channels-address";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { visibleText } from "@/lib/visible-text";

type AlertsMenuProps = {
  /** Null until it is loaded. */
  answer: Result<PersonalAlerts, Failure> | null;
  isFetching: boolean;
  onOpen: () => void;
  /** Marks the alerts up to this one as read. */
  onRead: (upTo: number) => void;
  trigger: ReactNode;
};

/** The person's alerts under the bell. It is mounted at the first opening, so it starts open. */
export function AlertsMenu({ answer, isFetching, onOpen, onRead, trigger }: AlertsMenuProps) {
  const t = useTranslations("alerts");
  const [isOpen, setOpen] = useState(true);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) onOpen();
  };
  const [newest] = answer?.ok ? answer.value.list : [];
  const hasUnread = answer?.ok && answer.value.unread > 0;
  return (
    <Popover open={isOpen} onOpenChange={show}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={t("title")}
        aria-busy={isFetching}
        className="grid w-88 max-w-[calc(100vw-1rem)] grid-cols-[minmax(0,1fr)] gap-3"
      >
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">{t("title")}</h2>
          {newest && hasUnread && (
            <Button aria-disabled={isFetching} onClick={() => isFetching || onRead(newest.id)}>
              {t("read")}
            </Button>
          )}
        </div>
        {answer === null && <Skeleton className="h-12 w-full" />}
        {answer?.ok === false && (
          <p role="alert" className="text-bad">
            {answer.failure.happened} {answer.failure.remedy}
          </p>
        )}
        {answer?.ok &&
          (newest ? (
            <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line">
              {answer.value.list.map((alert) => (
                <AlertEntry key={alert.id} alert={alert} onFollow={() => setOpen(false)} />
              ))}
            </ul>
          ) : (
            <p className="text-muted">{t("none")}</p>
          ))}
      </PopoverContent>
    </Popover>
  );
}

/** One channel that entered a view, with a link to its page. */
function AlertEntry({ alert, onFollow }: { alert: PersonalAlert; onFollow: () => void }) {
  const t = useTranslations("alerts");
  const format = useFormatter();
  const { app, channelId, name, view, more, createdAt, isRead } = alert;
  return (
    <li className="flex items-baseline gap-2 py-2">
      <span
        className={`size-2 shrink-0 rounded-full ${isRead ? "" : "bg-accent"}`}
        {...(isRead ? { "aria-hidden": true } : { role: "img", "aria-label": t("isNew") })}
      />
      <div className="min-w-0 break-words">
        <Link
          prefetch={false}
          href={channelAddress(app, channelId, null)}
          onClick={onFollow}
          className="font-medium underline-offset-2 hover:underline"
        >
          <bdi>{visibleText(name ?? channelId)}</bdi>
        </Link>{" "}
        <span>
          {t.rich("entered", {
            view: visibleText(view),
            apart: (chunks) => <bdi>{chunks}</bdi>,
          })}
        </span>
        {more > 0 && <span>, {t("more", { count: more })}</span>}
        <time
          dateTime={createdAt.toISOString()}
          title={format.dateTime(createdAt, "exact")}
          className="block text-dense text-muted"
        >
          <RelativeTime at={createdAt} readAt={createdAt} />
        </time>
      </div>
    </li>
  );
}
