"use client";

import { createContext, useContext, useEffect } from "react";
import { isLoopback } from "@/lib/http/request-origin";

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
          // `data-loaded` may be set before streamed rows are hydrated.
          suppressHydrationWarning
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

/**
 * Loads the pictures of all avatars, and shows each once it has loaded. Only in a page that is alive: dozens of
 * requests would delay its first rows and its scripts. One listener for the page, so that rows need none.
 */
export function useAvatars(): void {
  useEffect(() => {
    // The event does not bubble.
    const onLoad = ({ target }: Event) => {
      if (target instanceof HTMLImageElement && target.closest(".avatar")) show(target);
    };
    document.addEventListener("load", onLoad, true);
    document.documentElement.dataset.pictures = "";
    return () => document.removeEventListener("load", onLoad, true);
  }, []);
}

function show(image: HTMLImageElement): void {
  if (image.naturalWidth > 0) image.dataset.loaded = "";
}

/**
 * Returns the address of a picture if a browser may fetch it: http or https, without credentials, and not
 * the desk's own. A picture of the desk's address would be a request in the name of the person who looks at it.
 *
 * @param own origins of the desk
 */
export function safeImageUrl(url: string | null, own: readonly string[]): string | null {
  if (!url || !URL.canParse(url)) return null;
  const picture = new URL(url);
  const { protocol, username, password, href } = picture;
  const isWeb = protocol === "https:" || protocol === "http:";
  if (!isWeb || username || password) return null;
  return own.some((origin) => isSameHost(picture, new URL(origin))) ? null : href;
}

/** Returns whether both have the same host. On the local machine each port is a program. */
function isSameHost(one: URL, other: URL): boolean {
  const [name, otherName] = [hostName(one), hostName(other)];
  return name === otherName && (name !== "localhost" || portOf(one) === portOf(other));
}

function hostName({ hostname }: URL): string {
  const name = hostname.replace(/\.$/, "");
  return isLoopback(name) ? "localhost" : name;
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === "https:" ? "443" : "80");
}

/** Returns up to two initials of a name, or one for Han, kana or Hangul. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  const first = letters[0];
  if (!first) return "#";
  const wide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(
    first,
  );
  return wide ? first : letters.join("").toUpperCase();
}
