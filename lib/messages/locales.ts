export const locales = ["en", "zh-CN", "ko", "ja"] as const;
export type Locale = (typeof locales)[number];

/** Each language by its own name, for people who cannot read the present one. */
export const localeNames: Record<Locale, string> = {
  en: "English",
  "zh-CN": "简体中文",
  ko: "한국어",
  ja: "日本語",
};

/** The language of a request: the person's choice, else the browser's best, else English. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const choice = locales.find((locale) => locale === chosen);
  if (choice) return choice;
  for (const language of acceptedLanguages(acceptLanguage ?? "")) {
    const match = locales.find((locale) => primary(locale) === primary(language));
    if (match) return match;
  }
  return "en";
}

function acceptedLanguages(header: string): string[] {
  return header
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, weight: weight ? Number(weight.slice(2)) : 1 };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

function primary(tag: string): string | undefined {
  return tag.toLowerCase().split("-")[0];
}
