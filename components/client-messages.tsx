import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

type Namespace = keyof Messages;

// The texts of the shell and the error page, on every page.
const always: readonly Namespace[] = ["ui", "error"];

type ClientMessagesProps = { namespaces?: readonly Namespace[]; children: ReactNode };

/** Sends the browser the messages that its own components use: the common ones and those named. */
export async function ClientMessages({ namespaces = [], children }: ClientMessagesProps) {
  const messages = await getMessages();
  const needed = [...always, ...namespaces].map((name) => [name, messages[name]]);
  return (
    <NextIntlClientProvider messages={Object.fromEntries(needed)}>
      {children}
    </NextIntlClientProvider>
  );
}
