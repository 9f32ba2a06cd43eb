"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";

type ConditionSelectProps<Op extends string> = {
  value: Op;
  options: readonly { readonly op: Op; readonly words: string }[];
  onChange: (op: Op) => void;
};

/** Which question is asked of a column that knows several. */
export function ConditionSelect<Op extends string>(props: ConditionSelectProps<Op>) {
  const { value, options, onChange } = props;
  const t = useTranslations("filters");
  return (
    <Select
      aria-label={t("condition")}
      value={value}
      onChange={(event) => {
        const chosen = options.find(({ op }) => op === event.target.value);
        if (chosen) onChange(chosen.op);
      }}
    >
      {options.map(({ op, words }) => (
        <option key={op} value={op}>
          {words}
        </option>
      ))}
    </Select>
  );
}
