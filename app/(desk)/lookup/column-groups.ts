import type { useTranslations } from "next-intl";
import type { ColumnGroup } from "@/components/data-table/column-picker";
import { CHANNEL_FIELDS, type Field, SUBSCRIPTION_FIELDS } from "@/lib/chat-api/types";

type Choice = {
  shown: readonly Field[];
  visible: readonly Field[];
  setFields: (fields: readonly Field[]) => void;
  t: ReturnType<typeof useTranslations<"lookup">>;
  labels: ReturnType<typeof useTranslations<"fields">>;
};

/** The two filters of the API as two groups of columns. */
export function columnGroups({ shown, visible, setFields, t, labels }: Choice): ColumnGroup[] {
  const choice = (field: Field) => {
    const isVisible = visible.includes(field);
    const isShown = isVisible && shown.includes(field);
    return {
      id: field,
      label: labels(field),
      shown: isShown,
      unavailable: isVisible ? null : t("fieldNotAllowed"),
      toggle: () =>
        setFields(isShown ? shown.filter((other) => other !== field) : [...shown, field]),
    };
  };
  return [
    { label: t("channelFields"), columns: CHANNEL_FIELDS.map(choice) },
    { label: t("subscriptionFields"), columns: SUBSCRIPTION_FIELDS.map(choice) },
  ];
}
