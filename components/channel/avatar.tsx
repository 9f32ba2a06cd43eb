"use client";

import { createContext, useContext, useEffect } from "react";
import { initials, safeImageUrl } from "@/lib/avatar";

/** The origins of the desk. Avatars are never loaded from them. */
export const OwnOrigins = createContext<readonly string[]>([]);

type AvatarProps = { url: string | null; name: string };

/** A channel's initials, covered by its picture once that has loaded from a safe address. */
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
        // The image optimizer would let the server fetch untrusted addresses.
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
    // Pictures that loaded before hydration.
    for (const image of document.querySelectorAll<HTMLImageElement>(".avatar img")) {
      if (image.complete) show(image);
    }
    // The event does not bubble.
    const onLoad = ({ target }: Event) => {
      if (target instanceof HTMLImageElement && target.closest(".avatar")) show(target);
    };
    document.addEventListener("load", onLoad, true);
    return () => document.removeEventListener("load", onLoad, true);
  }, []);
}

function show(image: HTMLImageElement): void {
  if (image.naturalWidth > 0) image.dataset.loaded = "";
}
