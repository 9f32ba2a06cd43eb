"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useLive } from "@/components/action/use-live";

type LiveViewProps = { readAt: Date; children: ReactNode };

/** Reads the page again while somebody looks at it, but not while the pointer reads the chart or the table. */
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

/** Reads the page anew when the app in its address is another than the one that was read. */
export function FollowApp({ app }: { app: string | null }) {
  const router = useRouter();
  const wanted = useSearchParams().get("app");
  useEffect(() => {
    if (wanted !== app) router.refresh();
  }, [router, wanted, app]);
  return null;
}
