import { CircleQuestionMark, CircleUser, Search } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import { CommandButton } from "./commands";
import { KeyCap } from "./key-caps";
import { keyNames } from "./keys";
import { Preferences, ProductMark } from "./public-page";
import { AppSwitcher, SignOutButton } from "./top-bar-controls";

type Account = { name: string; email: string; role: Role };

type TopBarProps = {
  user: Account;
  apps: readonly ChatAppLabel[];
  /** The keyboard has ⌘. */
  apple: boolean;
  /** The bell; null for roles without alerts. */
  alerts: ReactNode;
};

export async function TopBar({ user, apps, apple, alerts }: TopBarProps) {
  const [product, t, regionNames, shortcuts] = await Promise.all([
    getTranslations("app"),
    getTranslations("nav"),
    getTranslations("regions"),
    getTranslations("shortcuts"),
  ]);
  const choices = apps.map(({ slug, name, region }) => ({
    slug,
    title: `${name} · ${regionNames(region ?? "custom")}`,
  }));

  return (
    <header className="sticky top-0 z-20 border-line border-b bg-raised print:hidden">
      <div className="mx-auto flex h-12 max-w-shell items-center gap-1 px-2 sm:px-3">
        <Link
          prefetch={false}
          href="/"
          className="inline-flex min-h-8 shrink-0 items-center gap-2 rounded-control px-1 font-semibold"
        >
          <ProductMark />
          <span className="sr-only sm:not-sr-only">{product("name")}</span>
        </Link>
        <div className="flex min-w-0 flex-1 sm:ml-3">
          <AppSwitcher label={t("app")} apps={choices} />
        </div>
        <PaletteButton label={shortcuts("search")} apple={apple} />
        {alerts}
        <HelpButton label={shortcuts("help")} />
        <Preferences />
        <AccountMenu {...user} />
      </div>
    </header>
  );
}

/** Looks like a search field, or a square icon on a narrow screen. */
function PaletteButton({ label, apple }: { label: string; apple: boolean }) {
  return (
    <CommandButton
      command="palette"
      title={label}
      aria-haspopup="dialog"
      aria-keyshortcuts={apple ? "Meta+K" : "Control+K"}
      className="inline-flex h-8 min-w-8 shrink-0 items-center justify-center gap-2 rounded-control border border-transparent text-muted transition-colors hover:bg-hover hover:text-ink md:w-72 md:justify-start md:border-control md:px-2"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="sr-only md:not-sr-only md:min-w-0 md:flex-1 md:truncate md:text-left">
        {label}
      </span>
      <span aria-hidden className="hidden md:inline-flex">
        <KeyCap>{keyNames("mod+k", apple).join()}</KeyCap>
      </span>
    </CommandButton>
  );
}

function HelpButton({ label }: { label: string }) {
  return (
    <CommandButton
      command="help"
      title={label}
      aria-label={label}
      aria-haspopup="dialog"
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-control border border-transparent text-muted transition-colors hover:bg-hover hover:text-ink"
    >
      <CircleQuestionMark aria-hidden className="size-4" />
    </CommandButton>
  );
}

/** The signed-in person, in a native popover. */
async function AccountMenu({ name, email, role }: Account) {
  const [t, roles, own] = await Promise.all([
    getTranslations("nav"),
    getTranslations("roles"),
    getTranslations("account"),
  ]);
  return (
    <>
      <button
        type="button"
        popoverTarget="account"
        aria-label={`${t("account")}: ${name}`}
        className="inline-flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-control px-2 text-muted transition-colors [anchor-name:--account] hover:bg-hover hover:text-ink"
      >
        <CircleUser aria-hidden className="size-4 shrink-0" />
        <span className="hidden max-w-40 truncate text-dense md:inline">{name}</span>
      </button>
      <div
        id="account"
        popover="auto"
        className="inset-auto top-12 right-2 m-0 w-60 rounded-control border border-transparent bg-raised p-3 text-ink shadow-float supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:mt-1 supports-[position-area:bottom]:[position-anchor:--account] supports-[position-area:bottom]:[position-area:bottom_span-left]"
      >
        <p className="break-words font-medium">{name}</p>
        <p className="break-words text-dense text-muted">{email}</p>
        <p className="mt-1 mb-3 text-dense text-muted">{roles(role)}</p>
        {/* A full page load also closes the popover. */}
        <a href="/account" className={`${buttonClass("secondary")} mb-2 w-full`}>
          {own("title")}
        </a>
        <SignOutButton label={t("signOut")} failure={t("signOutFailed")} />
      </div>
    </>
  );
}
