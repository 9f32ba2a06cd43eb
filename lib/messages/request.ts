import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats";
import { chooseLocale } from "./locales";
import { chooseTimeZone } from "./time-zone";

export default getRequestConfig(async () => {
  const [cookieStore, headerStore] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(cookieStore.get("locale")?.value, headerStore.get("accept-language"));
  const catalogue = await import(`./${locale}.json`);
  return {
    locale,
    formats,
    messages: catalogue.default,
    timeZone: chooseTimeZone(cookieStore.get("timezone")?.value),
    now: new Date(),
  };
});
