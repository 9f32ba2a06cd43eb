"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef } from "react";
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
