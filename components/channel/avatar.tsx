"use client";

import { useState } from "react";
import { initials, safeImageUrl } from "@/lib/avatar";

type AvatarProps = { url: string | null; name: string };

/** A channel's picture; its initials when there is none, or when it cannot be fetched or trusted. */
export function Avatar({ url, name }: AvatarProps) {
  const source = safeImageUrl(url);
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <span
      aria-hidden
      className="flex size-7 select-none items-center justify-center overflow-hidden rounded-full bg-accent-soft font-medium text-accent-ink text-dense"
    >
      {source && failed !== source ? (
        // The optimiser would make the desk's server fetch addresses that the vendor's users chose.
        // biome-ignore lint/performance/noImgElement: see above
        <img
          src={source}
          alt=""
          width={28}
          height={28}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          className="size-full object-cover"
          onError={() => setFailed(source)}
          // An image that failed before the page came alive fired its event unheard.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setFailed(source);
          }}
        />
      ) : (
        initials(name)
      )}
    </span>
  );
}
