"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ListManifest } from "@/lib/export/manifest";
import type { Failure } from "@/lib/failure";
import { ExportDialog } from "./export-dialog";

type ListExportDialogProps = Omit<
  ComponentProps<typeof ExportDialog<ListManifest>>,
  "describe" | "failed"
>;

/** The export of data from the desk's own database. */
export function ListExportDialog(props: ListExportDialogProps) {
  const t = useTranslations("export");
  const format = useFormatter();
  return (
    <ExportDialog<ListManifest>
      {...props}
      describe={({ app, readAt, sampleUntil, writtenRows }) => ({
        isWhole: true,
        remarks: null,
        facts: [
          ...(app ? [[t("manifest.app"), `${app.name} (${app.sdkAppId})`] as const] : []),
          [t("manifest.readAt"), format.dateTime(new Date(readAt), "exact")],
          [t("manifest.writtenRows"), format.number(writtenRows)],
          ...(sampleUntil
            ? [
                [
                  t("manifest.sampleUntil"),
                  format.dateTime(new Date(sampleUntil), "exact"),
                ] as const,
              ]
            : []),
        ],
      })}
      failed={(failure, retry) => <Failed failure={failure} onRetry={retry} />}
    />
  );
}

function Failed({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const t = useTranslations("export");
  const canRetry = failure === null || (failure.retry !== "none" && failure.code !== "signedOut");
  return (
    <Alert action={canRetry && <Button onClick={onRetry}>{t("retry")}</Button>}>
      <p>{failure ? `${failure.happened} ${failure.remedy}` : t("unreachable")}</p>
      {failure?.requestId && <p className="font-mono text-dense">{failure.requestId}</p>}
    </Alert>
  );
}
