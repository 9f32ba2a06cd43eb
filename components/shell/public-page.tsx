import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { chooseTheme, preferenceCookieName } from "@/lib/preferences/preference-cookies";
import { LanguageSelect, ThemeSelect } from "./preference-selects";

/** A page without a session: one centred card, with language and theme below it. */
export function PublicPage({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-4 p-4">
      <div className="grid w-full max-w-90 gap-5 rounded-control border border-line bg-raised p-6">
        {children}
      </div>
      <div className="flex gap-1">
        <Preferences />
      </div>
    </main>
  );
}

/** The product logo, without its name. */
export function ProductMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6 shrink-0">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M8 10.5h16M8 16h11M8 21.5h6"
        className="stroke-on-accent stroke-3"
        strokeLinecap="round"
      />
      <circle cx="23" cy="21.5" r="2.5" className="fill-on-accent" />
    </svg>
  );
}

/** Language and theme, on the sign-in page and in the top bar. */
export async function Preferences() {
  const [t, cookieStore] = await Promise.all([getTranslations("preferences"), cookies()]);
  return (
    <>
      <LanguageSelect label={t("language")} />
      <ThemeSelect
        label={t("theme")}
        theme={chooseTheme(cookieStore.get(preferenceCookieName("theme", env().appUrl))?.value)}
        names={{ system: t("system"), light: t("light"), dark: t("dark") }}
      />
    </>
  );
}
