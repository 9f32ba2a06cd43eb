import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { ChatApiError, ERROR_CODES } from "./chat-api/errors";
import { refusal, vendorFailure } from "./failure";
import { locales } from "./messages/locales";

async function translator(locale: (typeof locales)[number]) {
  const { default: messages } = await import(`./messages/${locale}.json`);
  return createTranslator({ locale, messages, namespace: "failures" });
}
const rejected = (code: number, info = "in the vendor's words") =>
  new ChatApiError({ kind: "rejected", code, info });

describe("a failure of the vendor", () => {
  it("says what happened, who can fix it, what to do, and the code", async () => {
    const t = await translator("en");
    expect(vendorFailure(rejected(70009), 0, t)).toEqual({
      code: "vendor",
      happened: "The secret key does not belong to this app.",
      remedy:
        "An administrator can fix this. Use the secret key that the console shows for this app.",
      retry: "none",
      vendor: { kind: "rejected", code: 70009, info: "in the vendor's words" },
      requestId: null,
    });
  });

  it.each([
    [rejected(20005), "button"],
    [rejected(60011), "soon"],
    [rejected(131000), "none"],
    [rejected(139999), "button"],
    [new ChatApiError({ kind: "network", info: "" }), "button"],
    [new ChatApiError({ kind: "malformed", info: "" }), "button"],
  ])("offers another try where it helps: %s", async (error, retry) => {
    expect(vendorFailure(error, 0, await translator("en")).retry).toBe(retry);
  });

  it("says how long the vendor was waited for", async () => {
    const error = new ChatApiError({ kind: "timeout", info: "" });
    const { happened } = vendorFailure(error, 8, await translator("en"));
    expect(happened).toContain("8 s");
  });

  it.each(locales)("has words for each code and kind in %s", async (locale) => {
    const t = await translator(locale);
    const kinds = ["network", "timeout", "http", "malformed", "rejected"] as const;
    const errors = [
      ...Object.keys(ERROR_CODES).map((code) => rejected(Number(code))),
      ...kinds.map((kind) => new ChatApiError({ kind, info: "" })),
    ];
    for (const error of errors) {
      const { happened, remedy } = vendorFailure(error, 8, t);
      expect(`${happened} ${remedy}`).not.toMatch(/failures\.|[{}]/);
    }
  });
});

describe("a refusal of the desk", () => {
  it.each(locales)("names both addresses of a wrong origin in %s", async (locale) => {
    const values = { expected: "https://desk.example", received: "http://desk.example:81" };
    const { happened, remedy } = refusal("wrongOrigin", await translator(locale), values);
    expect(happened).toContain("https://desk.example");
    expect(happened).toContain("http://desk.example:81");
    expect(remedy).toContain("https://desk.example");
    const unnamed = refusal("wrongOrigin", await translator(locale), { expected: "https://a" });
    expect(unnamed.happened).not.toMatch(/none|[{}]/);
  });

  it.each(["signedOut", "notAllowed", "invalid", "unknownApp"] as const)(
    "%s says what to do, and offers no blind retry",
    async (code) => {
      const failure = refusal(code, await translator("en"));
      expect(failure).toMatchObject({ code, retry: "none", vendor: null });
      expect(failure.happened).toMatch(/\.$/);
      expect(failure.remedy).toMatch(/\.$/);
    },
  );
});
