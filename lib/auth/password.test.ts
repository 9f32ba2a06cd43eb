import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

test("a password is known by its hash, and another is not", async () => {
  const hash = await hashPassword("correct horse");
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await verifyPassword("correct horse", hash)).toBe(true);
  expect(await verifyPassword("correct horsf", hash)).toBe(false);
  expect(await verifyPassword("", hash)).toBe(false);
});

test("the same password hashes differently each time", async () => {
  expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
});

test("the way a character is composed does not matter", async () => {
  const hash = await hashPassword("caf\u00e9");
  expect(await verifyPassword("cafe\u0301", hash)).toBe(true);
});

// scrypt of "password" with salt "saltsaltsaltsalt", N=1024, r=8, p=1, by OpenSSL.
test("the parameters are read from the hash, so that they can be raised later", async () => {
  const hash =
    "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$BVMRKqdiVYikKAaPR1wucsKUKvw4TuPLkdEYtoSHas4";
  expect(await verifyPassword("password", hash)).toBe(true);
});

test("nobody's password is never right", async () => {
  expect(await verifyPassword("anything", null)).toBe(false);
});

test("a damaged hash is a bug, not a wrong password", async () => {
  await expect(verifyPassword("x", "plain text")).rejects.toThrow("not a password hash");
});
