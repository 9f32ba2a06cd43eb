/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a tool needs to run at all, and nothing that configures a desk. */
const KEPT = [
  "PATH",
  "HOME",
  "USER",
  "SHELL",
  "LANG",
  "TERM",
  "COLORTERM",
  "NO_COLOR",
  "FORCE_COLOR",
  "CI",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SYSTEMROOT",
  "COMSPEC",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "CHROMIUM_PATH",
  "PLAYWRIGHT_BROWSERS_PATH",
];

/** The environment without the developer's CHAT_APPS, DATABASE_URL, NODE_ENV and the like. */
export function cleanEnvironment(source: Environment): Environment {
  const kept = Object.entries(source).filter(([name]) => KEPT.includes(name.toUpperCase()));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}
