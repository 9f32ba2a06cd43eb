"use client";

import { useTranslations } from "next-intl";
import { FactValue } from "@/components/channel/facts";
import type { Field } from "@/lib/chat-api/types";

type FieldValueProps = { field: Field; value: string | number | Date | null };

/** What a row has in one field. */
export function FieldValue({ field, value }: FieldValueProps) {
  const t = useTranslations("drawer");
  return (
    <FactValue
      label={useTranslations("fields")(field)}
      value={value}
      look={lookOf(field)}
      nothing={t(field === "lastMessageAt" ? "never" : "notGiven")}
    />
  );
}

function lookOf(field: Field) {
  if (field === "customString" || field === "subscriberCustomString") return "data";
  return field === "ownerId" || field === "avatarUrl" ? "code" : "text";
}
