import type { createTranslator, Messages } from "next-intl";
import { describeCode } from "./chat-api/error-codes";
import type { ChatApiError, ChatApiErrorKind } from "./chat-api/errors";

export type FailureCode = "signedOut" | "notAllowed" | "invalid" | "unknownApp" | "vendor";

/** An expected failure as the screen shows it: in the person's language, without anything secret. */
export type Failure = {
  readonly code: FailureCode;
  /** What happened, a sentence. */
  readonly happened: string;
  /** What to do about it, a sentence, with who can where it is not the reader. */
  readonly remedy: string;
  /** `button` to offer another try, `soon` to make it by itself in a moment. */
  readonly retry: "button" | "soon" | "none";
  readonly vendor: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    /** In the vendor's words, or in English what the client saw: untrusted text. */
    readonly info: string;
  } | null;
};

type Translate = ReturnType<typeof createTranslator<Messages, "failures">>;

/** What the desk itself refuses, before any call. */
export function refusal(code: Exclude<FailureCode, "vendor">, t: Translate): Failure {
  const words = { happened: t(`${code}.happened`), remedy: t(`${code}.remedy`) };
  return { code, ...words, retry: "none", vendor: null };
}

/** What the vendor refused, or how the way to it failed, after `seconds`. */
export function vendorFailure(error: ChatApiError, seconds: number, t: Translate): Failure {
  const { kind, code, info } = error;
  const description = code === null ? null : describeCode(code);
  const vendor = { kind, code, info };
  if (!description) {
    const happened = kind === "timeout" ? t("timeout", { seconds }) : t(kind);
    const remedy = t(
      `advice.${kind === "rejected" || kind === "malformed" ? "askVendor" : "retry"}`,
    );
    return { code: "vendor", happened, remedy, retry: "button", vendor };
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
  };
}
