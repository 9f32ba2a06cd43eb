"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { ReadAt } from "@/components/channel/relative-time";
import { Button } from "@/components/ui/button";

/** Reads the page again. */
export function RefreshButton() {
  const t = useTranslations("status");
  const router = useRouter();
  const [isPending, start] = useTransition();
  return (
    <Button aria-disabled={isPending} onClick={() => start(() => router.refresh())}>
      <RefreshCw aria-hidden className="size-4" />
      {t("refresh")}
    </Button>
  );
}

/** When the page was checked. */
export function CheckedAt({ at }: { at: Date }) {
  const t = useTranslations("status");
  return (
    <p className="text-muted">
      <ReadAt at={at} say={(when) => t("readAt", when)} />
    </p>
  );
}
