"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";

/**
 * A link to a page that keeps the current app and marks the current page. It prefetches while the pointer or
 * the focus is on it: all links in sight would otherwise be prefetched at each change of the address.
 */
export function PageLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  const app = useSearchParams().get("app");
  const here = pathname === href || pathname.startsWith(`${href}/`);
  const [isMeant, setMeant] = useState(false);
  // Each page of a list changes the address, but not the links.
  return useMemo(
    () => (
      <Link
        href={app ? { pathname: href, query: { app } } : href}
        prefetch={isMeant && !here ? null : false}
        onMouseEnter={() => setMeant(true)}
        onFocus={() => setMeant(true)}
        onMouseLeave={() => setMeant(false)}
        onBlur={() => setMeant(false)}
        aria-current={here ? "page" : undefined}
        className="flex flex-1 flex-col items-center justify-center gap-0.5 whitespace-nowrap rounded-control px-0.5 py-1.5 text-[0.6875rem] text-muted transition-colors -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-accent-ink forced-colors:aria-[current=page]:underline sm:flex-none sm:flex-row sm:gap-2 sm:px-2 sm:py-1.5 md:justify-start sm:text-base sm:aria-[current=page]:bg-accent-soft"
      >
        {children}
      </Link>
    ),
    [href, children, app, here, isMeant],
  );
}
