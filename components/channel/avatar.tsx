"use client";

import { createContext, useContext, useEffect } from "react";
import { initials, safeImageUrl } from "@/lib/avatar";

/** The origins of the desk, which no avatar is fetched from. */
export const OwnOrigins = createContext<readonly string[]>([]);

type AvatarProps = { url: string | null; name: string };

/** A channel's initials, and over them its picture once that has really come from an address to trust. */
export function Avatar({ url, name }: AvatarProps) {
  return avatar(url, name, useContext(OwnOrigins));
}

/** Returns the same without a component, for tables with hundreds of them. */
export function avatar(url: string | null, name: string, own: readonly string[]) {
  const source = safeImageUrl(url, own);
  return (
    <span aria-hidden className="avatar">
      {initials(name)}
      {source && (
        // The optimiser would make the desk's server fetch addresses that strangers chose.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          key={source}
          src={source}
          alt=""
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
        />
      )}
    </span>
  );
}

/** Shows the pictures of all avatars once they have loaded: one listener for the page. */
export function useAvatars(): void {
  useEffect(() => {
    // Those that loaded before React was there.
    for (const image of document.querySelectorAll<HTMLImageElement>(".avatar img")) {
      if (image.complete) show(image);
    }
    // The event does not bubble.
    const heard = ({ target }: Event) => {
      if (target instanceof HTMLImageElement && target.closest(".avatar")) show(target);
    };
    document.addEventListener("load", heard, true);
    return () => document.removeEventListener("load", heard, true);
  }, []);
}

function show(image: HTMLImageElement): void {
  if (image.naturalWidth > 0) image.dataset.loaded = "";
}
