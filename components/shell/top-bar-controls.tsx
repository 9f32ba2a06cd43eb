"use client";

import { ChevronsUpDown } from "lucide-react";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useActionState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { OverlaySelect } from "@/components/ui/overlay-select";

type AppChoice = { slug: string; title: string };

// An offset belongs to the list of one app.
const parsers = { app: parseAsString, offset: parseAsInteger };

/** The current app. A select when there are several. */
export function AppSwitcher({ label, apps }: { label: string; apps: readonly AppChoice[] }) {
  const [{ app }, setQuery] = useQueryStates(parsers, { history: "push" });
  const [first] = apps;
  const current = apps.find(({ slug }) => slug === app) ?? first;
  if (!current || !first) return null;

  const face = (
    <>
      <span
        aria-hidden
        className={`size-2.5 shrink-0 rounded-mark forced-color-adjust-none ${marks[apps.indexOf(current) % marks.length]}`}
      />
      <span className="truncate text-ink">{current.title}</span>
    </>
  );
  if (apps.length === 1) {
    return <span className="inline-flex min-w-0 items-center gap-1.5 px-2">{face}</span>;
  }
  return (
    <OverlaySelect
      label={label}
      value={current.slug}
      options={apps.map(({ slug, title }) => ({ value: slug, label: title }))}
      onChange={(slug) => setQuery({ app: slug === first.slug ? null : slug, offset: null })}
    >
      {face}
      <ChevronsUpDown className="size-3.5 shrink-0" />
    </OverlaySelect>
  );
}

const marks = ["bg-mark-1", "bg-mark-2", "bg-mark-3", "bg-mark-4", "bg-mark-5", "bg-mark-6"];

/** Signs out with a full page load, which also clears the memory of the page. */
export function SignOutButton({ label, failure }: { label: string; failure: string }) {
  const [failed, leave, pending] = useActionState(signOut, false);
  return (
    <form action={leave} className="grid gap-2">
      {failed && <Alert>{failure}</Alert>}
      <Button type="submit" className="w-full" disabled={pending}>
        {label}
      </Button>
    </form>
  );
}

async function signOut(): Promise<boolean> {
  try {
    // No other page uses this library in the browser.
    const auth = await import("next-auth/react");
    await auth.signOut({ callbackUrl: "/sign-in" });
    return false;
  } catch {
    // The session is still there, and the message says so.
    return true;
  }
}
