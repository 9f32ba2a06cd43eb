import { z } from "zod";
import {
  bothOrNeither,
  check,
  mustUnseen,
  secret,
  type Variables,
  wholeNumber,
} from "./env-checks";
import type { Result } from "./result";
import { Secret } from "./secret";

/** Who is told of watched channels, and of what. */
export type Digest = {
  readonly url: Secret;
  /** What deliveries are signed with. */
  readonly secret: Secret;
  /** Days without a message after which a channel is silent. */
  readonly silentDays: number;
  /** Percent of its subscribers that a channel gains or loses in a day. */
  readonly movePercent: number;
};

const webhookWords = mustUnseen(
  "an https address without a user in it, or an http one of this machine",
);

/** The webhook of the environment, or null where nobody is told. */
export function parseDigest(source: Variables): Result<Digest | null, string[]> {
  return check(digestVariables, source);
}

const digestVariables = z
  .object({
    DIGEST_WEBHOOK_URL: z
      .string()
      .refine(isWebhook, webhookWords)
      .transform((text) => new Secret(text))
      .optional(),
    DIGEST_WEBHOOK_SECRET: secret(16, "at least 16 characters").optional(),
    DIGEST_SILENT_DAYS: wholeNumber(1, 3650).default(30),
    DIGEST_MOVE_PERCENT: wholeNumber(1, 1000).default(10),
  })
  .transform((given, context): Digest | null => {
    const { DIGEST_WEBHOOK_URL: url, DIGEST_WEBHOOK_SECRET: key } = given;
    if (url === undefined && key === undefined) return null;
    if (url !== undefined && key !== undefined) {
      const { DIGEST_SILENT_DAYS: silentDays, DIGEST_MOVE_PERCENT: movePercent } = given;
      return { url, secret: key, silentDays, movePercent };
    }
    const [missing, present] =
      url === undefined
        ? (["DIGEST_WEBHOOK_URL", "DIGEST_WEBHOOK_SECRET"] as const)
        : (["DIGEST_WEBHOOK_SECRET", "DIGEST_WEBHOOK_URL"] as const);
    context.addIssue(bothOrNeither(missing, present));
    return z.NEVER;
  });

/** What it is told of is the team's alone, so it must not travel openly. */
function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // No address with these is ever fetched.
  if (username !== "" || password !== "") return false;
  const isHere = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return protocol === "https:" || (protocol === "http:" && isHere);
}
