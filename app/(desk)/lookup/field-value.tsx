"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "@/components/channel/count";
import { JsonText } from "@/components/channel/json-text";
import { MomentList } from "@/components/channel/moment-list";
import { TextBlock } from "@/components/channel/text-block";
import { CopyButton } from "@/components/ui/copy-button";
import type { Field } from "@/lib/chat-api/types";

type FieldValueProps = { field: Field; value: string | number | Date | null };

/** One value whole and exact, with a button that copies it. */
export function FieldValue({ field, value }: FieldValueProps) {
  const t = useTranslations("drawer");
  const label = useTranslations("fields")(field);
  if (value === null) {
    return (
      <span className="text-muted">{t(field === "lastMessageAt" ? "never" : "notGiven")}</span>
    );
  }
  if (value instanceof Date) return <MomentList at={value} label={label} />;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">{show(field, value)}</div>
      <CopyButton value={String(value)} label={t("copy", { what: label })} />
    </div>
  );
}

function show(field: Field, value: string | number): ReactNode {
  if (typeof value === "number") return <Count value={value} />;
  if (field === "customString" || field === "subscriberCustomString") {
    return <JsonText text={value} />;
  }
  const isCode = field === "ownerId" || field === "avatarUrl";
  return <TextBlock text={value} className={isCode ? "break-all font-mono" : ""} />;
}
