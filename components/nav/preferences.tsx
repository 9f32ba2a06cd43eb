import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { LanguageSelect } from "./language-select";
import { chooseTheme } from "./theme";
import { ThemeSelect } from "./theme-select";

/** Language and theme, on the sign-in page and in the top bar. */
export async function Preferences() {
  const [t, cookieStore] = await Promise.all([getTranslations("preferences"), cookies()]);
  return (
    <>
      <LanguageSelect label={t("language")} />
      <ThemeSelect
        label={t("theme")}
        theme={chooseTheme(cookieStore.get("theme")?.value)}
        names={{ system: t("system"), light: t("light"), dark: t("dark") }}
      />
    </>
  );
}
