"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTimeZone } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { OverlaySelect } from "@/components/ui/overlay-select";
import { localeNames, locales } from "@/lib/messages/locales";
import {
  type PreferenceCookie,
  preferenceCookieName,
  type Theme,
  themes,
} from "@/lib/preferences/preference-cookies";

const YEAR_SECONDS = 31_536_000;

/** Stores a preference in a cookie. The server reads it on the next request. */
export function rememberPreference(name: PreferenceCookie, value: string) {
  const key = preferenceCookieName(name, location);
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http.
  document.cookie = `${key}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}

/** Returns a function that stores a preference and shows the page with it. */
export function useChoosePreference() {
  const router = useRouter();
  return (name: PreferenceCookie, value: string) => {
    rememberPreference(name, value);
    router.refresh();
  };
}

const languages = locales.map((locale) => ({
  value: locale,
  label: localeNames[locale],
  lang: locale,
}));

export function LanguageSelect({ label }: { label: string }) {
  const locale = useLocale();
  const choose = useChoosePreference();
  return (
    <OverlaySelect
      label={label}
      value={locale}
      options={languages}
      onChange={(next) => choose("locale", next)}
    >
      <Languages className="size-4 shrink-0" />
      <span className="hidden text-dense sm:inline">{localeNames[locale]}</span>
    </OverlaySelect>
  );
}

type ThemeSelectProps = { label: string; theme: Theme; names: Record<Theme, string> };

export function ThemeSelect({ label, theme, names }: ThemeSelectProps) {
  const choose = useChoosePreference();
  const Icon = icons[theme];
  return (
    <OverlaySelect
      label={label}
      value={theme}
      options={themes.map((name) => ({ value: name, label: names[name] }))}
      onChange={(next) => choose("theme", next)}
    >
      <Icon className="size-4 shrink-0" />
    </OverlaySelect>
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Sends the browser's time zone to the server, on the first visit and when it changes. */
export function TimeZoneCookie() {
  const known = useTimeZone();
  const choose = useEffectEvent(useChoosePreference());

  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual !== known) choose("timezone", actual);
  }, [known]);

  return null;
}
