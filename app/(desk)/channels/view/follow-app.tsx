"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** Reads the page anew when the app in its address is another than the one that was read. */
export function FollowApp({ app }: { app: string | null }) {
  const router = useRouter();
  const wanted = useSearchParams().get("app");
  useEffect(() => {
    if (wanted !== app) router.refresh();
  }, [router, wanted, app]);
  return null;
}
