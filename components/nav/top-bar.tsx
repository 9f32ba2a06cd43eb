import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import { AccountMenu } from "./account-menu";
import { AppSwitcher } from "./app-switcher";
import { Preferences } from "./preferences";
import { ProductMark } from "./product-mark";

type TopBarProps = {
  user: { name: string; email: string; role: Role };
  apps: readonly ChatAppLabel[];
};

export async function TopBar({ user, apps }: TopBarProps) {
  const [product, t, regionNames] = await Promise.all([
    getTranslations("app"),
    getTranslations("nav"),
    getTranslations("regions"),
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
        <Preferences />
        <AccountMenu {...user} />
      </div>
    </header>
  );
}
