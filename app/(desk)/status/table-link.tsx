import Link from "next/link";
import type { ComponentProps } from "react";

type TableLinkProps = Pick<ComponentProps<"a">, "title" | "children"> & { href: string };

/** A link to the rows behind a cell. There are many: none is read before it is followed. */
export function TableLink(props: TableLinkProps) {
  return (
    <Link
      prefetch={false}
      className="text-accent-ink underline-offset-2 hover:underline"
      {...props}
    />
  );
}
