"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { useLive } from "@/components/action/use-live";
import type { PersonalAlerts } from "@/lib/alerts/view-alerts";
import { callAction, type Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";

type AlertsResult = Result<PersonalAlerts, Failure>;

type AlertsActions = {
  readonly list: (input: null) => Promise<Deferred<AlertsResult>>;
  readonly markRead: (input: { readonly upTo: number }) => Promise<Deferred<AlertsResult>>;
};

type AlertsButtonProps = AlertsActions & {
  /** The number when the page was loaded. */
  unread: number;
};

const load = () => import("./alerts-menu").then((module) => module.AlertsMenu);

const AlertsMenu = dynamic(load, { ssr: false });

const KEY = ["alerts"];

/** The bell of the header with the number of unread alerts. Loads the list when it is opened. */
export function AlertsButton({ unread: loaded, list, markRead }: AlertsButtonProps) {
  const client = useQueryClient();
  const [isOpened, setOpened] = useState(false);
  const [loadedAt] = useState(() => new Date());
  const { data, dataUpdatedAt, isFetching, refetch } = useQuery({
    queryKey: KEY,
    queryFn: () => callAction(list, null),
    enabled: false,
  });
  const marking = useMutation({
    mutationFn: (upTo: number) => callAction(markRead, { upTo }),
    onSuccess: (result) => client.setQueryData(KEY, result),
  });
  useLive(() => void refetch(), dataUpdatedAt > 0 ? new Date(dataUpdatedAt) : loadedAt);
  const unread = data?.ok ? data.value.unread : loaded;
  const open = () => {
    setOpened(true);
    void refetch();
  };
  if (!isOpened) {
    return (
      <BellButton
        unread={unread}
        aria-haspopup="dialog"
        aria-expanded={false}
        onPointerEnter={load}
        onFocus={load}
        onClick={open}
      />
    );
  }
  return (
    <AlertsMenu
      answer={data ?? null}
      isFetching={isFetching || marking.isPending}
      onOpen={open}
      onRead={(upTo) => marking.mutate(upTo)}
      trigger={<BellButton unread={unread} />}
    />
  );
}

function BellButton({ unread, ...props }: ComponentProps<"button"> & { unread: number }) {
  const t = useTranslations("alerts");
  const label = unread > 0 ? t("unread", { count: unread }) : t("button");
  return (
    <button
      type="button"
      title={label}
      {...props}
      aria-label={label}
      className="relative inline-flex size-8 shrink-0 items-center justify-center rounded-control border border-transparent text-muted transition-colors hover:bg-hover hover:text-ink"
    >
      <Bell aria-hidden className="size-4" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-[0.6875rem] text-on-accent leading-4 tabular-nums"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </button>
  );
}
