import type { useTranslations } from "next-intl";
import type { ColumnGroup } from "@/components/data-table/column-picker";
import { CHANNEL_FIELDS, type Field, SUBSCRIPTION_FIELDS } from "@/lib/chat-api/types";

type Choice = {
  shown: readonly Field[];
  visible: readonly Field[];
  masked: readonly Field[];
  setFields: (fields: readonly Field[]) => void;
  words: {
    lookup: ReturnType<typeof useTranslations<"lookup">>;
    labels: ReturnType<typeof useTranslations<"fields">>;
    reveal: ReturnType<typeof useTranslations<"reveal">>;
  };
};

/** The two filters of the API as two groups of columns. */
export function columnGroups({ shown, visible, masked, setFields, words }: Choice): ColumnGroup[] {
  const { lookup, labels, reveal } = words;
  const choice = (field: Field) => {
    const isMasked = masked.includes(field);
    const isOffered = isMasked || visible.includes(field);
    const isShown = isOffered && shown.includes(field);
    return {
      id: field,
      label: labels(field),
      shown: isShown,
      unavailable: isOffered ? null : lookup("fieldNotAllowed"),
      locked: isMasked ? reveal("locked") : null,
      toggle: () =>
        setFields(isShown ? shown.filter((other) => other !== field) : [...shown, field]),
    };
  };
  return [
    { label: lookup("channelFields"), columns: CHANNEL_FIELDS.map(choice) },
    { label: lookup("subscriptionFields"), columns: SUBSCRIPTION_FIELDS.map(choice) },
  ];
}
