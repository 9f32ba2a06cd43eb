import { type PreferenceCookie, preferenceCookieName } from "@/lib/preference-cookies";

const year = 31_536_000;

/** Remembers a choice in this browser; the server reads it on the next request. */
export function rememberPreference(name: PreferenceCookie, value: string) {
  const key = preferenceCookieName(name, location);
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http.
  document.cookie = `${key}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax${secure}`;
}
