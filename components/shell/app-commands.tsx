"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { localeNames, locales } from "@/lib/messages/locales";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { themes } from "../../lib/preferences/preference-cookies";
import { CommandOf, useCommand, useCommandFallback } from "./commands";
import type { Keys } from "./keys";
import { addressQuery, useLinks } from "./link-context";
import { rememberPreference } from "./preference-selects";

type PageEntry = { href: string; name: string; keys: Keys };

/** The commands of every page. */
export function AppCommands({ pages }: { pages: readonly PageEntry[] }) {
  const t = useTranslations("shortcuts");
  const preferences = useTranslations("preferences");
  const router = useRouter();
  const links = useLinks();

  async function lookUp(subscriber: string) {
    router.push(`/lookup?${await addressQuery(links, queryOf({ subscriber }))}`);
  }

  function choose(name: "locale" | "theme", value: string) {
    rememberPreference(name, value);
    router.refresh();
  }

  useCommand({
    id: "subscriber",
    label: t("findSubscriber"),
    group: "go",
    keys: "s",
    run: () => {
      const field = document.querySelector<HTMLInputElement>("input[name=subscriber]");
      if (!field) return router.push(addressOf("/lookup"));
      field.focus();
      field.select();
    },
  });

  useCommandFallback((text) => {
    const subscriber = text.trim();
    if (subscriberIdProblem(subscriber) !== null) return null;
    return {
      label: t("lookUp", { subscriberId: subscriber }),
      run: () => void lookUp(subscriber),
    };
  });

  return (
    <>
      {pages.map(({ href, name, keys }) => (
        <CommandOf
          key={href}
          id={`go ${href}`}
          label={t("goTo", { room: name })}
          group="go"
          keys={keys}
          run={() => router.push(addressOf(href))}
        />
      ))}
      {themes.map((theme) => (
        <CommandOf
          key={theme}
          id={`theme ${theme}`}
          label={`${preferences("theme")}: ${preferences(theme)}`}
          group="desk"
          run={() => choose("theme", theme)}
        />
      ))}
      {locales.map((locale) => (
        <CommandOf
          key={locale}
          id={`language ${locale}`}
          label={`${preferences("language")}: ${localeNames[locale]}`}
          group="desk"
          run={() => choose("locale", locale)}
        />
      ))}
    </>
  );
}

/** Returns a path that keeps the current app. */
function addressOf(href: string): string {
  const query = queryOf({}).toString();
  return query ? `${href}?${query}` : href;
}

function queryOf(params: Record<string, string>): URLSearchParams {
  const app = new URLSearchParams(location.search).get("app");
  return new URLSearchParams({ ...(app && { app }), ...params });
}
