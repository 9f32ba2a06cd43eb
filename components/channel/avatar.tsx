"use client";

import { createContext, useContext } from "react";
import { initials, safeImageUrl } from "@/lib/avatar";

/** The origins of the desk, which no avatar is fetched from. */
export const OwnOrigins = createContext<readonly string[]>([]);

type AvatarProps = { url: string | null; name: string };

/** A channel's initials, and over them its picture once that has really come from an address to trust. */
export function Avatar({ url, name }: AvatarProps) {
  const source = safeImageUrl(url, useContext(OwnOrigins));
  return (
    <span
      aria-hidden
      className="relative flex size-7 select-none items-center justify-center overflow-hidden rounded-full bg-accent-soft font-medium text-accent-ink text-dense group-aria-selected:bg-raised"
    >
      {initials(name)}
      {source && (
        // The optimiser would make the desk's server fetch addresses that strangers chose.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          key={source}
          src={source}
          alt=""
          width={28}
          height={28}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          className="absolute inset-0 size-full object-cover opacity-0 data-loaded:opacity-100"
          onLoad={(event) => show(event.currentTarget)}
          ref={showIfLoaded}
        />
      )}
    </span>
  );
}

/** Without a state: a table draws hundreds of these. */
function show(image: HTMLImageElement): void {
  image.dataset.loaded = "";
}

/** A picture that came before the page was alive fired its event unheard. */
function showIfLoaded(image: HTMLImageElement | null): void {
  if (image?.complete && image.naturalWidth > 0) show(image);
}
