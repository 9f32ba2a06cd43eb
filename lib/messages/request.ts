import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { env } from "@/lib/env";
import { type PreferenceCookie, preferenceCookieName } from "@/lib/preferences/preference-cookies";
import { formats } from "./formats";
import { chooseLocale } from "./locales";
import { chooseTimeZone } from "./time-zone";

export default getRequestConfig(async () => {
  const [cookieStore, headerStore] = await Promise.all([cookies(), headers()]);
  const kept = (name: PreferenceCookie) =>
    cookieStore.get(preferenceCookieName(name, env().appUrl))?.value;
  const locale = chooseLocale(kept("locale"), headerStore.get("accept-language"));
  const catalogue = await import(`./${locale}.json`);
  return {
    locale,
    formats,
    messages: catalogue.default,
    timeZone: chooseTimeZone(kept("timezone")),
    now: new Date(),
  };
});
