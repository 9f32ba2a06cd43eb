/** The cookies of the browser that a test file drives. Another browser is another Map. */
export const browser = { jar: new Map<string, string>() };

// In place of next/headers: `vi.mock("next/headers", () => import("@/lib/testing/browser-headers"))`.

export const cookies = async () => ({
  get: (name: string) => {
    const value = browser.jar.get(name);
    return value === undefined ? undefined : { name, value };
  },
  set: (name: string, value: string) => void browser.jar.set(name, value),
});

export const headers = async () =>
  new Headers({ "x-request-id": "request-1", "x-forwarded-for": "192.0.2.7" });
