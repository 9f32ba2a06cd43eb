import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";
import { preferenceCookieName } from "@/lib/preferences/preference-cookies";
import { LanguageSelect, ThemeSelect } from "./preference-selects";
import { chooseTheme } from "./theme";

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
