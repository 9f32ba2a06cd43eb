"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useLive } from "@/components/action/use-live";

type LiveViewProps = { readAt: Date; children: ReactNode };

/** Keeps the page up to date, but not while the pointer is over the chart or the table. */
export function LiveView({ readAt, children }: LiveViewProps) {
  const router = useRouter();
  const held = useRef<HTMLDivElement>(null);
  useLive(() => router.refresh(), readAt, held);
  return (
    <div ref={held} className="contents">
      {children}
    </div>
  );
}

/** Reads the page again when the app in its address changes. */
export function FollowApp({ app }: { app: string | null }) {
  const router = useRouter();
  const wanted = useSearchParams().get("app");
  useEffect(() => {
    if (wanted !== app) router.refresh();
  }, [router, wanted, app]);
  return null;
}
