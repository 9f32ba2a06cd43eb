"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { callAction, type Deferred } from "@/lib/call-action";
import { channelAddress } from "@/lib/channels/channels-address";
import type { Failure } from "@/lib/failure";
import { localeNames, locales } from "@/lib/messages/locales";
import { themes } from "@/lib/preferences/preference-cookies";
import type { Result } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { visibleText } from "@/lib/visible-text";
import { type Command, CommandOf, type Found } from "./commands";
import type { Keys } from "./keys";
import { addressQuery, useLinks } from "./link-context";
import { useChoosePreference } from "./preference-selects";
import { Shortcuts, type ShortcutsProps } from "./shortcuts";

type PageEntry = { href: string; name: string; keys: Keys };

/** Finds known channels of an app by a part of a name or ID. */
type FindChannels = (input: {
  app: string;
  text: string;
}) => Promise<Deferred<Result<{ readonly channels: readonly ChannelName[] }, Failure>>>;

type AppCommandsProps = ShortcutsProps & {
  pages: readonly PageEntry[];
  /** The app of addresses that name none. */
  defaultApp: string;
  /** Null for people without the pages of channels. */
  findChannels: FindChannels | null;
};

/** The commands of every page, and what runs them: keys, the palette and the help sheet. */
export function AppCommands(props: AppCommandsProps) {
  const { pages, defaultApp, findChannels, ...shortcuts } = props;
  const t = useTranslations("shortcuts");
  const preferences = useTranslations("preferences");
  const router = useRouter();
  const links = useLinks();
  const choose = useChoosePreference();

  async function lookUp(subscriber: string) {
    router.push(`/lookup?${await addressQuery(links, queryOf({ subscriber }))}`);
  }

  function meaningOf(text: string) {
    const subscriber = text.trim();
    if (subscriberIdProblem(subscriber) !== null) return null;
    return {
      label: t("lookUp", { subscriberId: subscriber }),
      run: () => void lookUp(subscriber),
    };
  }

  async function search(text: string): Promise<readonly Found[]> {
    if (findChannels === null) return [];
    const app = queryOf({}).get("app") ?? defaultApp;
    const answer = await callAction(findChannels, { app, text });
    if (!answer.ok) return [];
    return answer.value.channels.map(({ channelId, name }) => ({
      id: visibleText(channelId),
      label: visibleText(name || channelId),
      run: () => router.push(channelAddress(app, channelId, defaultApp)),
    }));
  }

  const commands: readonly Command[] = [
    ...pages.map(({ href, name, keys }) => ({
      id: `go ${href}`,
      label: t("goTo", { room: name }),
      group: "go" as const,
      keys,
      run: () => router.push(addressOf(href)),
    })),
    ...themes.map((theme) => ({
      id: `theme ${theme}`,
      label: `${preferences("theme")}: ${preferences(theme)}`,
      group: "desk" as const,
      run: () => choose("theme", theme),
    })),
    ...locales.map((locale) => ({
      id: `language ${locale}`,
      label: `${preferences("language")}: ${localeNames[locale]}`,
      group: "desk" as const,
      run: () => choose("locale", locale),
    })),
    {
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
    },
  ];
  return (
    <>
      <Shortcuts {...shortcuts} meaningOf={meaningOf} search={search} />
      {commands.map((command) => (
        <CommandOf key={command.id} {...command} />
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
