import Link from "next/link";
import type { ReactNode } from "react";

type StepLinkProps = {
  label: string;
  href: string | null;
  /** Whether the new page starts at its top. */
  scroll: boolean;
  children: ReactNode;
};

/** An icon that links to another page of a table. Dimmed without an address. */
export function StepLink({ label, href, scroll, children }: StepLinkProps) {
  const look =
    "inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted [&_svg]:size-4";
  if (href === null) {
    return (
      <span aria-hidden className={`${look} opacity-50`}>
        {children}
      </span>
    );
  }
  return (
    <Link
      prefetch={false}
      scroll={scroll}
      href={href}
      aria-label={label}
      title={label}
      className={`${look} hover:bg-hover hover:text-ink`}
    >
      {children}
    </Link>
  );
}
