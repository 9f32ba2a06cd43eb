/** What a person chooses before signing in, and a browser's time zone: kept in cookies that scripts write. */
export type PreferenceCookie = "locale" | "theme" | "timezone";

/** The name of such a cookie; over https bound to the host by its prefix. */
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
