import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";
import { Secret } from "./secret";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads variables, and collects one sentence for each problem. */
export class VariableReader {
  readonly problems: string[] = [];

  constructor(private readonly variables: Variables) {}

  /** Returns the parsed value of a variable. Do not use it if there are problems. */
  read<Output>(name: string, schema: z.ZodType<Output>): Output {
    return this.parse(name, schema, this.variables[name]);
  }

  private parse<Output>(name: string, schema: z.ZodType<Output>, value: unknown): Output {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      const keys = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
      this.problems.push(`${name}${keys.join("")} ${message}.`);
    }
    return z.NEVER;
  }

  /**
   * The same for a variable that can name a file instead, with `_FILE` behind its name. A byte order
   * mark and line breaks at the end of the file are not part of the value.
   */
  readOrFile<Output>(name: string, schema: z.ZodType<Output>, content: string): Output {
    const path = this.variables[`${name}_FILE`];
    if (path === undefined) return this.read(name, schema);
    if (this.variables[name] !== undefined) {
      this.problems.push(`${name} and ${name}_FILE are both set: set only one of them.`);
      return z.NEVER;
    }
    let text: string;
    try {
      text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
      const found = `${name}_FILE is ${JSON.stringify(path)}, which cannot be read${reason}`;
      this.problems.push(`${found}: it must be the path of ${content}.`);
      return z.NEVER;
    }
    return this.parse(name, schema, text.replace(/^\ufeff/, "").replace(/[\r\n]+$/, ""));
  }

  readSecret<Output>(name: string, schema: z.ZodType<Output>): Output {
    return this.readOrFile(name, schema, "a file that holds the secret");
  }

  isSet(name: string): boolean {
    return [name, `${name}_FILE`].some((each) => this.variables[each] !== undefined);
  }

  /** Returns whether any variable is set whose name starts like this. */
  isAnySet(prefix: string): boolean {
    return Object.keys(this.variables).some((name) => name.startsWith(prefix) && this.isSet(name));
  }

  /** Reports if only one of two variables is set. */
  requireBothOrNeither(first: string, second: string): void {
    if (this.isSet(first) === this.isSet(second)) return;
    const [present, missing] = this.isSet(first) ? [first, second] : [second, first];
    this.problems.push(`${missing} is not set, but ${present} is: set both or neither.`);
  }
}

/** Describes the values that a schema accepts. Another value is repeated in the sentence about it. */
export function expects<Output>(right: string, schema: z.ZodType<Output>) {
  return described(right, schema, (value) => `is ${JSON.stringify(value)}`);
}

/** The same for a value that is or may contain a secret: it is never repeated. */
export function expectsSecret<Output>(right: string, schema: z.ZodType<Output>) {
  return described(right, schema, () => "is not valid");
}

function described<Output>(
  right: string,
  schema: z.ZodType<Output>,
  found: (value: unknown) => string,
) {
  return z.unknown().transform((value, context): Output => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue(`${value === undefined ? "is not set" : found(value)}: it must be ${right}`);
    return z.NEVER;
  });
}

export function origin(example: string) {
  return expectsSecret(
    `an http or https origin without a path, such as ${example}`,
    z
      .string()
      .refine(isOrigin)
      .transform((value) => new URL(value)),
  );
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

export function wholeNumber(min: number, max: number) {
  const right = `a whole number from ${min} to ${max}`;
  return expects(right, z.string().regex(/^\d{1,15}$/))
    .transform(Number)
    .refine((value) => value >= min && value <= max, {
      error: ({ input }) => `is ${input}: it must be ${right}`,
    });
}

export function onOff() {
  return expects("on or off", z.enum(["on", "off"])).transform((value) => value === "on");
}

/** Addresses and networks, separated by commas. */
export function networks() {
  return expects(
    "comma-separated addresses or networks, such as 10.0.0.0/8, 192.0.2.7",
    z
      .string()
      .transform((text) => text.split(",").map((part) => part.trim()))
      .refine((parts) => parts.every(isNetwork)),
  );
}

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    prefix === undefined || (/^\d{1,3}$/.test(prefix) && +prefix <= (version === 4 ? 32 : 128))
  );
}

export function secret(minLength: number, right: string, maxLength = Number.POSITIVE_INFINITY) {
  const text = z.string().min(minLength).max(maxLength);
  return expectsSecret(
    right,
    text.transform((value) => new Secret(value)),
  );
}

/** The value of a JSON text. */
export function json(right: string) {
  return z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue(`is not valid JSON: it must be ${right}`);
      return z.NEVER;
    }
  });
}
