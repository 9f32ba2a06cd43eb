import { isIP } from "node:net";
import { z } from "zod";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Runs a schema; each problem becomes one sentence that begins with the variable's name. */
export function check<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  root = "",
): Result<Output, string[]> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return success(parsed.data);
  return failure(
    parsed.error.issues.map((issue) => `${nameOf(root, issue.path)} ${issue.message}.`),
  );
}

/** The wording of a problem for values that may be shown. */
export function must(right: string) {
  return wording(right, (input) => `is ${JSON.stringify(input)}`);
}

/** The wording of a problem for values that are or may hold a secret: they are never repeated. */
export function mustUnseen(right: string) {
  return wording(right, () => "is not valid");
}

export function origin(example: string) {
  const words = mustUnseen(`an http or https origin without a path, such as ${example}`);
  return z
    .string(words)
    .refine(isOrigin, words)
    .transform((value) => new URL(value));
}

export function wholeNumber(min: number, max: number) {
  const words = must(`a whole number from ${min} to ${max}`);
  return z
    .string(words)
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words);
}

/** The problem of one of two variables that are set together. */
export function bothOrNeither(missing: string, present: string) {
  const message = `is not set, but ${present} is: set both or neither`;
  return { code: "custom" as const, path: [missing], message };
}

export function onOff() {
  const words = must("on or off");
  return z.enum(["on", "off"], words).transform((value) => value === "on");
}

/** Addresses and networks with commas between them. */
export function networks() {
  const words = must(
    "addresses or networks with commas between them, such as 10.0.0.0/8, 192.0.2.7",
  );
  return z
    .string()
    .refine((text) => partsOf(text).every(isNetwork), words)
    .transform(partsOf);
}

function partsOf(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    prefix === undefined || (/^\d{1,3}$/.test(prefix) && +prefix <= (version === 4 ? 32 : 128))
  );
}

export function secret(minLength: number, right: string) {
  const words = mustUnseen(right);
  return z
    .string(words)
    .min(minLength, words)
    .transform((value) => new Secret(value));
}

function wording(right: string, found: (input: unknown) => string) {
  return {
    error: ({ input }: { readonly input?: unknown }) =>
      `${input === undefined ? "is not set" : found(input)}: it must be ${right}`,
  };
}

function nameOf(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`;
    return name === "" ? String(key) : `${name}.${String(key)}`;
  }, root);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}
