"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { rememberPreference } from "./preference";

/** Tells the server the person's time zone, on the first visit and after a journey. */
export function TimeZoneCookie() {
  const router = useRouter();
  const known = useTimeZone();

  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual === known) return;
    rememberPreference("timezone", actual);
    router.refresh();
  }, [known, router]);

  return null;
}
