/** The secret of `deskEnvironment`. */
export const TEST_SECRET = "a secret of these tests, long enough";

/** All that a desk has to be told, for `process.env` or for `parseEnv`. */
export function deskEnvironment(appUrl: string): Record<string, string> {
  const app = { slug: "a", name: "A", sdkAppId: 1, adminId: "a", secretKey: "k", region: "china" };
  return { APP_URL: appUrl, AUTH_SECRET: TEST_SECRET, CHAT_APPS: JSON.stringify([app]) };
}
