"use client";

import { type Messages, NextIntlClientProvider } from "next-intl";
import { type ComponentProps, useMemo } from "react";
import { formats } from "@/lib/messages/formats";

type MessagesProviderProps = Omit<
  ComponentProps<typeof NextIntlClientProvider>,
  "messages" | "formats"
> & {
  /** The messages as JSON. */
  text: string;
};

/** Provides messages that come as one string, which React need not walk through value by value. */
export function MessagesProvider({ text, ...props }: MessagesProviderProps) {
  const messages = useMemo<Partial<Messages>>(() => JSON.parse(text), [text]);
  return <NextIntlClientProvider {...props} formats={formats} messages={messages} />;
}
