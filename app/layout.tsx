import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { ClientMessages } from "@/components/client-messages";
import { TimeZoneCookie } from "@/components/shell/preference-selects";
import { env } from "@/lib/env";
import { ownOrigins } from "@/lib/http/request-origin";
import { chooseTheme, preferenceCookieName } from "@/lib/preferences/preference-cookies";
import "./globals.css";
import { Providers } from "./providers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: t("name"), template: `%s · ${t("name")}` },
    description: t("description"),
    icons: { icon: "/favicon.svg" },
    robots: { index: false, follow: false },
    // Numeric IDs are not telephone numbers.
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

/** The files of Latin text, of which every page has some. */
const FONTS = [
  new URL("@fontsource-variable/geist/files/geist-latin-wght-normal.woff2", import.meta.url),
  new URL(
    "@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
    import.meta.url,
  ),
];

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The nonce changes with each request, so no page can be prerendered.
  await connection();
  const [locale, cookieStore, headerStore] = await Promise.all([getLocale(), cookies(), headers()]);
  // Otherwise the fonts come after the first layout, and all text is laid out again.
  for (const { href } of FONTS)
    preload(href, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  const { appUrl } = env();
  const theme = cookieStore.get(preferenceCookieName("theme", appUrl))?.value;
  return (
    <html lang={locale} data-theme={chooseTheme(theme)}>
      <body>
        <ClientMessages>
          <Providers
            nonce={headerStore.get("x-nonce") ?? ""}
            ownOrigins={ownOrigins((name) => headerStore.get(name), appUrl)}
          >
            <TimeZoneCookie />
            {children}
          </Providers>
        </ClientMessages>
      </body>
    </html>
  );
}
