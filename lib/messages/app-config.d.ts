import type catalogue from "./en.json";
import type { Locale as OurLocale } from "./locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: typeof catalogue;
  }
}
