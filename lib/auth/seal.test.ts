import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { seal, unseal } from "./seal";

const key = new Secret("a secret of these tests, long enough");
const TEXT = "JBSWY3DPEHPK3PXP";

test("what was sealed for an account opens for it", () => {
  const sealed = seal(TEXT, "ann", key);
  expect(sealed).toMatch(/^v1\.[\w-]+$/);
  expect(sealed).not.toContain(TEXT);
  expect(unseal(sealed, "ann", key)).toBe(TEXT);
});

test("the same text is sealed differently each time", () => {
  expect(seal(TEXT, "ann", key)).not.toBe(seal(TEXT, "ann", key));
});

test("it opens for no other account, and with no other secret", () => {
  const sealed = seal(TEXT, "ann", key);
  expect(unseal(sealed, "bo", key)).toBeNull();
  expect(unseal(sealed, "ann", new Secret("another secret, also long enough"))).toBeNull();
});

test("it does not open when any byte of it was changed", () => {
  const [, encoded = ""] = seal(TEXT, "ann", key).split(".");
  const bytes = Buffer.from(encoded, "base64url");
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(bytes.readUInt8(index) ^ 1, index);
    expect(unseal(`v1.${changed.toString("base64url")}`, "ann", key)).toBeNull();
  }
});

test.each(["", "v1.", "v1.AAAA", TEXT, "v2"])("%j does not open", (text) => {
  expect(unseal(text, "ann", key)).toBeNull();
});

test("another version does not open", () => {
  expect(unseal(seal(TEXT, "ann", key).replace("v1", "v2"), "ann", key)).toBeNull();
});
