import type { createTranslator, Messages } from "next-intl";
import { type ChatApiError, type ChatApiErrorKind, describeCode } from "./chat-api/errors";

/** Why the desk itself refuses: each reason has its sentences in the catalogue. */
export type RefusalCode = {
  [Name in keyof Sentences]: Sentences[Name] extends { happened: string } ? Name : never;
}[keyof Sentences];

type Sentences = Messages["failures"];

type FailureCode = RefusalCode | "vendor";

/** An expected failure in the person's language. Contains no secrets. */
export type Failure = {
  readonly code: FailureCode;
  /** What happened, a sentence. */
  readonly happened: string;
  /** What to do, a sentence. It names the person who can help if the reader cannot. */
  readonly remedy: string;
  /** `button` offers a retry, `soon` retries automatically. */
  readonly retry: "button" | "soon" | "none";
  /** The ID of the request in the log and the audit log; null without a request of its own. */
  readonly requestId: string | null;
  readonly vendor: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    /** The API's message, or the client's in English. Untrusted text. */
    readonly info: string;
  } | null;
};

type Translate = ReturnType<typeof createTranslator<Messages, "failures">>;

/** Refusals that a retry may overcome. */
const RETRIED: readonly RefusalCode[] = ["tooMany", "tooManyStreams", "notRecorded"];

/** The values in the sentences of a refusal. */
export type RefusalValues = {
  readonly seconds?: number | undefined;
  /** Of a wrong origin; `none` for a request that names no origin. */
  readonly expected?: string;
  readonly received?: string;
};

/** Returns the failure for a refusal of the desk itself. */
export function refusal(code: RefusalCode, t: Translate, values: RefusalValues = {}): Failure {
  const { seconds = 0, expected = "", received = "none" } = values;
  const named = { seconds, expected, received };
  const words = { happened: t(`${code}.happened`, named), remedy: t(`${code}.remedy`, named) };
  const retry = RETRIED.includes(code) ? "button" : "none";
  return { code, ...words, retry, vendor: null, requestId: null };
}

/** Returns the failure for a call that failed after some seconds. */
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
    // A test checks that each described code has its message in every language.
    happened: t(`codes.${code}` as "codes.6017"),
    remedy: t("remedy", { fixer, advice }),
    retry:
      description.advice === "wait" ? "soon" : description.retry === "never" ? "none" : "button",
    vendor,
    requestId,
  };
}
