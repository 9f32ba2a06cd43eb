import { CircleQuestionMark, Search } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { CommandButton } from "@/components/shortcuts/command-button";
import { KeyCap } from "@/components/shortcuts/key-caps";
import { keyNames } from "@/components/shortcuts/key-names";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import { AccountMenu } from "./account-menu";
import { AppSwitcher } from "./app-switcher";
import { Preferences } from "./preferences";
import { ProductMark } from "./product-mark";

type TopBarProps = {
  user: { name: string; email: string; role: Role };
  apps: readonly ChatAppLabel[];
  /** The keyboard has ⌘. */
  apple: boolean;
};

export async function TopBar({ user, apps, apple }: TopBarProps) {
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
    <header className="sticky top-0 z-20 border-line border-b bg-raised">
      <div className="mx-auto flex h-12 max-w-shell items-center gap-1 px-2 sm:px-3">
        <Link
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
        <HelpButton label={shortcuts("help")} />
        <Preferences />
        <AccountMenu {...user} />
      </div>
    </header>
  );
}

/** A field to look at, and a square where it is narrow. */
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
