"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { ReadAt } from "@/components/channel/relative-time";
import { Button } from "@/components/ui/button";
import { type Connection, testConnection } from "./actions";

/** Tests the connection of an app and shows the result or what to do. */
export function ConnectionTest({ app, name }: { app: string; name: string }) {
  const t = useTranslations("status.apps");
  const format = useFormatter();
  const [connection, setConnection] = useState<Connection | null>(null);
  const { run, isPending, problem } = useAction(testConnection, setConnection);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          aria-disabled={isPending}
          aria-label={t("testOf", { name })}
          onClick={() => {
            setConnection(null);
            run({ app });
          }}
        >
          {t("test")}
        </Button>
        <p role="status" className="text-muted">
          {isPending
            ? t("testing")
            : connection &&
              t("works", {
                took: format.number(connection.tookMs, MILLISECONDS),
                time: format.dateTime(connection.at, "time"),
              })}
        </p>
      </div>
      {!isPending && <ActionProblem problem={problem} />}
    </div>
  );
}

const MILLISECONDS = { style: "unit", unit: "millisecond", maximumFractionDigits: 0 } as const;

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
