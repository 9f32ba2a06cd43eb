import { describe, expect, it } from "vitest";
import { ChatApiError, describeCode, ERROR_CODES } from "./errors";

describe("the table of codes", () => {
  it.each([6017, 10004, 20001, 20005, 130002, 130004, 130007, 131000])(
    "knows the list call's own code %i",
    (code) => {
      expect(describeCode(code)).not.toBeNull();
    },
  );

  it("says what each code means in one sentence", () => {
    for (const { meaning } of Object.values(ERROR_CODES)) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });

  it("never repeats a call whose signature the vendor refuses for good", () => {
    for (const code of [70003, 70009, 70013, 70014, 70050]) {
      const error = new ChatApiError({ kind: "rejected", code, info: "" });
      expect([error.retryable, error.signatureRefused]).toEqual([false, false]);
    }
  });

  it("keeps the number and the text of a code it does not know", () => {
    const error = new ChatApiError({ kind: "rejected", code: 139999, info: "brand new" });
    expect(error).toMatchObject({ code: 139999, info: "brand new", retryable: false });
    expect(describeCode(139999)).toBeNull();
  });
});
