import { describe, expect, it } from "vitest";
import { ADVICE, ERROR_CODES } from "@/lib/chat-api/errors";
import en from "./en.json";

describe("the English words for the vendor's codes", () => {
  it("are those of the table", () => {
    const meanings = Object.entries(ERROR_CODES).map(([code, { meaning }]) => [code, meaning]);
    expect(en.failures.codes).toEqual(Object.fromEntries(meanings));
    expect(en.failures.advice).toEqual(ADVICE);
  });
});
