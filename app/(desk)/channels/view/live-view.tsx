"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useLive } from "@/components/action/use-live";

type LiveViewProps = { readAt: Date; children: ReactNode };

/** Keeps the page up to date, but not while the pointer is over the chart or the table. */
export function LiveView({ readAt, children }: LiveViewProps) {
  const router = useRouter();
  const content = useRef<HTMLDivElement>(null);
  useLive(() => router.refresh(), readAt, content);
  return (
    <div ref={content} className="contents">
      {children}
    </div>
  );
}

/** Reads the page again when the app in its address changes. */
export function FollowApp({ app }: { app: string | null }) {
  const router = useRouter();
  const current = useSearchParams().get("app");
  useEffect(() => {
    if (current !== app) router.refresh();
  }, [router, current, app]);
  return null;
}
