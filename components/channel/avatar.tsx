"use client";

import { useState } from "react";
import { initials, safeImageUrl } from "@/lib/avatar";

type AvatarProps = { url: string | null; name: string };

/** A channel's initials, and over them its picture once that has really come from an address to trust. */
export function Avatar({ url, name }: AvatarProps) {
  const source = safeImageUrl(url);
  const [loaded, setLoaded] = useState<string | null>(null);
  return (
    <span
      aria-hidden
      className="relative flex size-7 select-none items-center justify-center overflow-hidden rounded-full bg-accent-soft font-medium text-accent-ink text-dense"
    >
      {initials(name)}
      {source && (
        // The optimiser would make the desk's server fetch addresses that strangers chose.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          src={source}
          alt=""
          width={28}
          height={28}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          className={`absolute inset-0 size-full object-cover ${loaded === source ? "" : "opacity-0"}`}
          onLoad={() => setLoaded(source)}
          // A picture that came before the page was alive fired its event unheard.
          ref={(image) => {
            if (image?.complete && image.naturalWidth > 0) setLoaded(source);
          }}
        />
      )}
    </span>
  );
}
