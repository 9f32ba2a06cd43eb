"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { RelativeTime } from "@/components/channel/relative-time";
import { useLinks } from "@/components/shell/link-context";
import { Button } from "@/components/ui/button";
import { serializeLookup } from "../search-params";
import { forgetLookups, lookupsSnapshot, parseLookups, subscribeToLookups } from "./recent";

type RecentLookupsProps = {
  userId: string;
  /** The app in use, and the one that an address without an app means. */
  app: string;
  defaultApp: string;
};

/** What this person looked up last, on this browser. */
export function RecentLookups({ userId, app, defaultApp }: RecentLookupsProps) {
  const t = useTranslations("lookup");
  const stored = useSyncExternalStore(
    subscribeToLookups,
    () => lookupsSnapshot(userId),
    () => "[]",
  );
  const lookups = parseLookups(stored).filter((recent) => recent.app === app);
  // What is not kept is not shown either, should it be there from before.
  if (useLinks() || lookups.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="grid max-w-xl gap-2">
      <div className="flex items-center justify-between">
        <h2 id="recent" className="font-medium">
          {t("recent")}
        </h2>
        <Button variant="ghost" onClick={() => forgetLookups(userId)}>
          {t("forget")}
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-control border border-line bg-raised">
        {lookups.map(({ subscriberId, at, total }) => (
          <li
            key={subscriberId}
            className="relative flex items-baseline gap-4 px-3 py-1.5 hover:bg-hover"
          >
            <Link
              prefetch={false}
              className="min-w-0 flex-1 truncate font-mono after:absolute after:inset-0"
              href={`/lookup${serializeLookup({ app: app === defaultApp ? null : app, subscriber: subscriberId })}`}
            >
              {subscriberId}
            </Link>
            <span className="shrink-0 text-dense text-muted tabular-nums">
              {total !== null && <span>{t("recentCount", { total })} · </span>}
              <span>
                <RelativeTime at={new Date(at)} readAt={new Date(at)} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
