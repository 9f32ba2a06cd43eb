"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { OverlaySelect } from "@/components/ui/overlay-select";
import { localeNames, locales } from "@/lib/messages/locales";
import { rememberPreference } from "./preference";

const options = locales.map((locale) => ({
  value: locale,
  label: localeNames[locale],
  lang: locale,
}));

export function LanguageSelect({ label }: { label: string }) {
  const locale = useLocale();
  const router = useRouter();

  function choose(next: string) {
    rememberPreference("locale", next);
    router.refresh();
  }

  return (
    <OverlaySelect label={label} value={locale} options={options} onChange={choose}>
      <Languages className="size-4 shrink-0" />
      <span className="hidden text-dense sm:inline">{localeNames[locale]}</span>
    </OverlaySelect>
  );
}
