import { CircleUser } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button";
import type { Role } from "@/lib/auth/permissions";
import { SignOutButton } from "./sign-out-button";

type Account = { name: string; email: string; role: Role };

/** Who is signed in. The browser's own popover: Escape, a click outside and focus come with it. */
export async function AccountMenu({ name, email, role }: Account) {
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
        {/* A full load, which closes the popover too. */}
        <a href="/account" className={`${buttonClass("secondary")} mb-2 w-full`}>
          {own("title")}
        </a>
        <SignOutButton label={t("signOut")} failure={t("signOutFailed")} />
      </div>
    </>
  );
}
