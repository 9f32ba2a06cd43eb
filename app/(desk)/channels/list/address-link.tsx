"use client";

import type { ComponentProps } from "react";
import {
  type DirectoryParams,
  type SetDirectoryParams,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";

type AddressLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  /** The changed parameters. */
  change: Parameters<SetDirectoryParams>[0] & object;
};

/** A link that changes parameters of the page. A plain click does not load a new page. */
export function AddressLink({ params, setParams, change, ...props }: AddressLinkProps) {
  return (
    <a
      {...props}
      href={serializeDirectory("/channels", { ...params, row: null, ...change })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void setParams({ row: null, ...change });
      }}
    />
  );
}
