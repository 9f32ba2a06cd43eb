import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { visibleText } from "@/lib/visible-text";

type SectionProps = { title: string; children: ReactNode };

/** A section with its heading. */
export function Section({ title, children }: SectionProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </div>
  );
}

/** Names and values, side by side if there is space. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="mb-1 min-w-0 sm:mb-0">{children}</dd>
    </>
  );
}

type TableLinkProps = Pick<ComponentProps<"a">, "title" | "children"> & { href: string };

/** A link to the rows behind a number, underlined where it stands in a sentence. Not prefetched, because there are many. */
export function TableLink(props: TableLinkProps) {
  return (
    <Link
      prefetch={false}
      className="text-accent-ink underline-offset-2 in-[:is(dd,[role=alert])]:underline hover:underline"
      {...props}
    />
  );
}

/** Technical text, which is always in English. */
export function TechnicalText({ text }: { text: string }) {
  return (
    <bdi lang="en" className="font-mono">
      {visibleText(text)}
    </bdi>
  );
}
