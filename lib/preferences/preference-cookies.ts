/** Choices before sign-in and the browser's time zone, stored in cookies that scripts write. */
export type PreferenceCookie = "locale" | "theme" | "timezone";

/** Returns the name of such a cookie. Over https the prefix binds it to the host. */
export function preferenceCookieName(
  name: PreferenceCookie,
  { protocol }: Pick<URL, "protocol">,
): string {
  return protocol === "https:" ? `__Host-channel-desk.${name}` : name;
}

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Returns the chosen theme, or the system's. */
export function chooseTheme(chosen: string | undefined): Theme {
  return themes.find((theme) => theme === chosen) ?? "system";
}
