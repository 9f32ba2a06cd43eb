export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Returns the chosen theme, or the system's. */
export function chooseTheme(chosen: string | undefined): Theme {
  return themes.find((theme) => theme === chosen) ?? "system";
}
