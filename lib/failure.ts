import type { createTranslator, Messages } from "next-intl";
import { type ChatApiError, type ChatApiErrorKind, describeCode } from "./chat-api/errors";

/** Why the desk itself refuses. */
export type RefusalCode =
  | "signedOut"
  | "notAllowed"
  | "wrongOrigin"
  | "mustSwitchCodesOn"
  | "invalid"
  | "unknownApp"
  | "tooMany"
  | "tooManyStreams"
  | "tooManyRows"
  | "notRecorded"
  | "lastAdministrator"
  | "emailTaken"
  | "unknownPerson"
  | "heldByProvider"
  | "noPasswords"
  | "changedMeanwhile"
  | "wrongPassword"
  | "wrongCode"
  | "tooManyAttempts"
  | "codesAreOn"
  | "signInAgain"
  | "passwordShort"
  | "passwordLong"
  | "passwordCommon"
  | "linkGone"
  | "linkExpired";

type FailureCode = RefusalCode | "vendor";

/** An expected failure as the screen shows it: in the person's language, without anything secret. */
export type Failure = {
  readonly code: FailureCode;
  /** What happened, a sentence. */
  readonly happened: string;
  /** What to do about it, a sentence, with who can where it is not the reader. */
  readonly remedy: string;
  /** `button` to offer another try, `soon` to make it by itself in a moment. */
  readonly retry: "button" | "soon" | "none";
  /** By which the log and the audit name the request; null where no request of its own was made. */
  readonly requestId: string | null;
  readonly vendor: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    /** In the vendor's words, or in English what the client saw: untrusted text. */
    readonly info: string;
  } | null;
};

type Translate = ReturnType<typeof createTranslator<Messages, "failures">>;

/** What may succeed a moment later. */
const RETRIED: readonly RefusalCode[] = ["tooMany", "tooManyStreams", "notRecorded"];

/** What the sentences of a refusal name. */
export type RefusalValues = {
  /** How long to wait, where waiting helps. */
  readonly seconds?: number | undefined;
  /** Of a wrong origin; `none` for a request that names no origin. */
  readonly expected?: string;
  readonly received?: string;
};

/** What the desk itself refuses, before any call. */
export function refusal(code: RefusalCode, t: Translate, values: RefusalValues = {}): Failure {
  const { seconds = 0, expected = "", received = "none" } = values;
  const named = { seconds, expected, received };
  const words = { happened: t(`${code}.happened`, named), remedy: t(`${code}.remedy`, named) };
  const retry = RETRIED.includes(code) ? "button" : "none";
  return { code, ...words, retry, vendor: null, requestId: null };
}

/** What the vendor refused, or how the way to it failed, after `seconds`. */
export function vendorFailure(error: ChatApiError, seconds: number, t: Translate): Failure {
  const { kind, code, info } = error;
  const description = code === null ? null : describeCode(code);
  const vendor = { kind, code, info };
  const requestId = null;
  if (!description) {
    const happened = kind === "timeout" ? t("timeout", { seconds }) : t(kind);
    const remedy = t(
      `advice.${kind === "rejected" || kind === "malformed" ? "askVendor" : "retry"}`,
    );
    return { code: "vendor", happened, remedy, retry: "button", vendor, requestId };
  }
  const fixer = t(`fixer.${description.fixer}`);
  const advice = t(`advice.${description.advice}`);
  return {
    code: "vendor",
    // Every described code has its words in every language: a test compares the two.
    happened: t(`codes.${code}` as "codes.6017"),
    remedy: t("remedy", { fixer, advice }),
    retry:
      description.advice === "wait" ? "soon" : description.retry === "never" ? "none" : "button",
    vendor,
    requestId,
  };
}
