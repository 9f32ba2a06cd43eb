import type catalogue from "./en.json";
import type { formats } from "./formats";
import type { Locale as OurLocale } from "./locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Formats: typeof formats;
    Messages: typeof catalogue;
  }
}
