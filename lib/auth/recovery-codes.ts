import { createHash, randomInt } from "node:crypto";

const COUNT = 10;
const GROUPS = 4;
const GROUP_LENGTH = 6;
// Of the letters that are taken for each other, or for digits, only one is used.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Ten codes of 120 bits each, such as `3mk9t4-0qxw2z-…`: to be shown once, and kept as digests. So
 * many bits need no slow hash.
 */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, newCode);
}

/** What the store keeps of a code; the same however the code is typed. */
export function recoveryCodeDigest(code: string): string {
  const read = code
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replace(/[il]/g, "1")
    .replace(/o/g, "0");
  return createHash("sha256").update(read).digest("base64url");
}

function newCode(): string {
  const letter = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
