"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void };

/** Replaces a page that threw. It is inside the frame, so that navigation still works. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations("error");
  return (
    <div className="mx-auto grid max-w-md justify-items-start gap-2 px-4 py-16">
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <p role="alert" className="text-muted">
        {t("body")}
      </p>
      {error.digest && (
        <p className="font-mono text-dense text-muted">
          {t("reference", { digest: error.digest })}
        </p>
      )}
      <Button variant="primary" className="mt-2" onClick={retry}>
        {t("retry")}
      </Button>
    </div>
  );
}
