"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Select } from "@/components/ui/field";
import { CSV_SEPARATORS, type CsvSeparator } from "@/lib/export/formats";

type Preferred = {
  readonly separator: CsvSeparator;
  readonly isUnsaved: boolean;
  readonly choose: (separator: CsvSeparator) => void;
};

const SeparatorContext = createContext<Preferred>({
  separator: "comma",
  isUnsaved: false,
  choose: () => undefined,
});

type CsvSeparatorProviderProps = {
  initial: CsvSeparator;
  /** Stores the preference and returns whether that succeeded. */
  onChoose: (separator: CsvSeparator) => Promise<boolean>;
  children: ReactNode;
};

/** Keeps the person's separator for CSV files while pages change. */
export function CsvSeparatorProvider({ initial, onChoose, children }: CsvSeparatorProviderProps) {
  const [separator, setSeparator] = useState(initial);
  const [isUnsaved, setIsUnsaved] = useState(false);
  const choose = async (chosen: CsvSeparator) => {
    setSeparator(chosen);
    setIsUnsaved(!(await onChoose(chosen).catch(() => false)));
  };
  return (
    <SeparatorContext value={{ separator, isUnsaved, choose: (chosen) => void choose(chosen) }}>
      {children}
    </SeparatorContext>
  );
}

export function useCsvSeparator(): CsvSeparator {
  return use(SeparatorContext).separator;
}

/** Chooses what stands between the values of CSV files. */
export function CsvSeparatorSelect() {
  const t = useTranslations("export.separator");
  const { separator, isUnsaved, choose } = use(SeparatorContext);
  const id = useId();
  return (
    <div className="grid gap-1 pb-1 pl-6">
      <label htmlFor={id}>{t("label")}</label>
      <Select
        id={id}
        className="w-fit"
        value={separator}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          const chosen = CSV_SEPARATORS.find((each) => each === target.value);
          if (chosen) choose(chosen);
        }}
      >
        {CSV_SEPARATORS.map((each) => (
          <option key={each} value={each}>
            {t(each)}
          </option>
        ))}
      </Select>
      <p id={`${id}-hint`} className="text-dense text-muted">
        {t("hint")}
      </p>
      {isUnsaved && <Alert tone="warn">{t("notStored")}</Alert>}
    </div>
  );
}
