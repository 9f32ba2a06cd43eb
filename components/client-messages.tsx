import type { Messages } from "next-intl";
import { getLocale, getMessages, getNow, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import { MessagesProvider } from "./messages-provider";

type Namespace = keyof Messages;

// The texts of the shell and the error page, on every page.
const always: readonly Namespace[] = ["ui", "error"];

type ClientMessagesProps = { namespaces?: readonly Namespace[]; children: ReactNode };

/** Sends the browser the messages that its own components use: the common ones and those named. */
export async function ClientMessages({ namespaces = [], children }: ClientMessagesProps) {
  const [locale, messages, timeZone, now] = await Promise.all([
    getLocale(),
    getMessages(),
    getTimeZone(),
    getNow(),
  ]);
  const text = textOf(messages, [...always, ...namespaces]);
  return <MessagesProvider {...{ locale, timeZone, now, text }}>{children}</MessagesProvider>;
}

/** Each catalogue is written once for each page. */
const written = new WeakMap<Messages, Map<string, string>>();

function textOf(messages: Messages, names: readonly Namespace[]): string {
  const ofCatalogue = written.get(messages) ?? new Map<string, string>();
  written.set(messages, ofCatalogue);
  const key = names.join();
  const text =
    ofCatalogue.get(key) ??
    JSON.stringify(Object.fromEntries(names.map((name) => [name, messages[name]])));
  ofCatalogue.set(key, text);
  return text;
}
