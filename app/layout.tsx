import "@fontsource-variable/geist/wght.css";
import "@fontsource-variable/geist-mono/wght.css";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { TimeZoneCookie } from "@/components/shell/preference-selects";
import { env } from "@/lib/env";
import { ownOrigins } from "@/lib/http/provenance";
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

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The nonce changes with each request, so no page can be prerendered.
  await connection();
  const [locale, cookieStore, headerStore] = await Promise.all([getLocale(), cookies(), headers()]);
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
