import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Runs a schema. Each problem becomes a sentence that starts with the variable's name. */
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

/** Describes an invalid value that may be shown. */
export function expects(right: string) {
  return wording(right, (input) => `is ${JSON.stringify(input)}`);
}

/** Describes an invalid value that is or may contain a secret: it is never repeated. */
export function expectsSecret(right: string) {
  return wording(right, () => "is not valid");
}

export function origin(example: string) {
  const words = expectsSecret(`an http or https origin without a path, such as ${example}`);
  return z
    .string(words)
    .refine(isOrigin, words)
    .transform((value) => new URL(value));
}

export function wholeNumber(min: number, max: number) {
  const words = expects(`a whole number from ${min} to ${max}`);
  return z
    .string(words)
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words);
}

/** Checks two variables that must be set together. Returns null if neither is set. */
export function bothOrNeither<One, Other>(
  [first, one]: readonly [name: string, value: One | undefined],
  [second, other]: readonly [name: string, value: Other | undefined],
  context: z.RefinementCtx,
): readonly [One, Other] | null {
  if (one === undefined && other === undefined) return null;
  if (one !== undefined && other !== undefined) return [one, other];
  const [missing, present] = one === undefined ? [first, second] : [second, first];
  const message = `is not set, but ${present} is: set both or neither`;
  context.addIssue({ code: "custom", path: [missing], message });
  return z.NEVER;
}

export function onOff() {
  const words = expects("on or off");
  return z.enum(["on", "off"], words).transform((value) => value === "on");
}

/** Addresses and networks, separated by commas. */
export function networks() {
  const words = expects("comma-separated addresses or networks, such as 10.0.0.0/8, 192.0.2.7");
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
  const words = expectsSecret(right);
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

/** The secrets that may be in a file instead, named by the variable with `_FILE`. */
const SECRETS = [
  "AUTH_SECRET",
  "DATABASE_URL",
  "BOOTSTRAP_ADMIN_PASSWORD",
  "OIDC_CLIENT_SECRET",
  "DIGEST_WEBHOOK_URL",
  "DIGEST_WEBHOOK_SECRET",
] as const;

/** Returns the variables, with the secrets read from files. */
export function readSecretFiles(variables: Variables): Result<Variables, string[]> {
  const read: Record<string, string | undefined> = { ...variables };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = variables[`${name}_FILE`];
    if (path === undefined) continue;
    if (variables[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: set only one of them.`);
      continue;
    }
    const file = readFileOf(`${name}_FILE`, path, "a file that holds the secret");
    if (file.ok) read[name] = file.value;
    else problems.push(file.failure);
  }
  return problems.length > 0 ? failure(problems) : success(read);
}

/** Reads the file of a variable, without a byte order mark and trailing line breaks. */
export function readFileOf(name: string, path: string, right: string): Result<string, string> {
  try {
    const text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
    return success(text.replace(/^\ufeff/, "").replace(/[\r\n]+$/, ""));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    const found = `${name} is ${JSON.stringify(path)}, which cannot be read${reason}`;
    return failure(`${found}: it must be the path of ${right}.`);
  }
}

/** Parses JSON. Returns undefined for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
