import { z } from "zod";
import { REGIONS, type Region } from "@/lib/chat-api/regions";
import { check, must, mustUnseen, origin, secret, type Variables } from "./env-checks";
import { readText } from "./env-files";
import { failure, type Result } from "./result";
import type { Secret } from "./secret";

/** One application of the vendor: reached in a region, or at a base address of its own. */
export type ChatApp = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: Secret;
  /** What the vendor signs its callbacks with; without it none is taken. */
  readonly callbackToken?: Secret | undefined;
} & (
  | { readonly region: Region; readonly baseUrl?: undefined }
  | { readonly baseUrl: string; readonly region?: undefined }
);

/** The applications of CHAT_APPS or of the file CHAT_APPS_FILE names; exactly one of the two is set. */
export function parseChatApps(source: Variables): Result<readonly ChatApp[], string[]> {
  const { CHAT_APPS: inline, CHAT_APPS_FILE: path } = source;
  if (inline !== undefined && path !== undefined) {
    return failure(["CHAT_APPS and CHAT_APPS_FILE are both set: set only one of them."]);
  }
  if (inline !== undefined) return parseJson("CHAT_APPS", inline);
  if (path !== undefined) return parseFile(path);
  return failure([
    "CHAT_APPS is not set: it must be a JSON array of apps, or CHAT_APPS_FILE the path of a file that holds one.",
  ]);
}

function parseFile(path: string): Result<readonly ChatApp[], string[]> {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    return failure([
      `CHAT_APPS_FILE is ${JSON.stringify(path)}, which cannot be read${reason}: it must be the path of a JSON file.`,
    ]);
  }
  return parseJson("CHAT_APPS_FILE", text);
}

function parseJson(variable: string, text: string): Result<readonly ChatApp[], string[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds secret keys.
    return failure([`${variable} is not valid JSON: it must be a JSON array of apps.`]);
  }
  return check(chatApps, json, variable);
}

const words = {
  array: mustUnseen("a JSON array of at least one app"),
  app: mustUnseen("an object such as {slug, name, sdkAppId, adminId, secretKey, region}"),
  slug: must("lower-case letters, digits and single hyphens, such as my-app"),
  name: must("a name of 1 to 80 characters"),
  sdkAppId: must("the SDKAppID, a whole number such as 1400000001"),
  adminId: must("the identifier of an app administrator, such as administrator"),
  callbackToken: mustUnseen("the callback token, of 16 to 128 characters"),
  region: must(`one of ${REGIONS.join(", ")}`),
};

const app = z
  .strictObject(
    {
      slug: z
        .string(words.slug)
        .max(40, words.slug)
        .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, words.slug),
      name: z.string(words.name).trim().min(1, words.name).max(80, words.name),
      sdkAppId: z.int(words.sdkAppId).positive(words.sdkAppId),
      adminId: z.string(words.adminId).min(1, words.adminId),
      secretKey: secret(1, "the app's secret key, from the vendor's console"),
      callbackToken: secret(16, "the callback token, of 16 to 128 characters")
        .refine((token) => token.reveal().length <= 128, words.callbackToken)
        .optional(),
      region: z.enum(REGIONS, words.region).optional(),
      baseUrl: origin("http://127.0.0.1:4010")
        .transform((url) => url.origin)
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `has an unknown key, ${issue.keys.join(", ")}: it must be removed or spelled right`
          : words.app.error(issue),
    },
  )
  .transform(({ region, baseUrl, ...rest }, context): ChatApp => {
    if (region !== undefined && baseUrl === undefined) return { ...rest, region };
    if (baseUrl !== undefined && region === undefined) return { ...rest, baseUrl };
    context.addIssue(
      `has ${region === undefined ? "neither region nor" : "both region and"} baseUrl: it must have one of the two`,
    );
    return z.NEVER;
  });

const chatApps = z
  .array(app, words.array)
  .min(1, words.array)
  .superRefine((apps, context) => {
    for (const [index, { slug, callbackToken, sdkAppId }] of apps.entries()) {
      const others = apps.slice(0, index);
      if (others.some((other) => other.slug === slug)) {
        context.addIssue({
          code: "custom",
          path: [index, "slug"],
          message: `is ${JSON.stringify(slug)}, which another app already has: it must be unique`,
        });
      }
      // A callback is signed with nothing but the token: that of one app would be taken for another's.
      const isSame = (other: ChatApp) =>
        other.sdkAppId !== sdkAppId && other.callbackToken?.reveal() === callbackToken?.reveal();
      if (callbackToken !== undefined && others.some(isSame)) {
        context.addIssue({
          code: "custom",
          path: [index, "callbackToken"],
          message: "is the token of another app too: it must be the app's own",
        });
      }
    }
  });
