const year = 31_536_000;

/** Remembers a choice in this browser; the server reads it on the next request. */
export function rememberPreference(name: "locale" | "theme" | "timezone", value: string) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http.
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax${secure}`;
}
