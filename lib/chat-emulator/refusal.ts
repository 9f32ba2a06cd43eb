/** An answer with a failing ErrorCode inside HTTP 200. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    info: string = errorInfo(code),
  ) {
    super(info);
  }
}

/** A request to `/emulator/…` cannot be served. */
export class ControlError extends Error {
  constructor(
    sentence: string,
    readonly status = 400,
  ) {
    super(sentence);
  }
}

/** Returns the ErrorInfo of a code; undocumented codes get one too. */
export function errorInfo(code: number): string {
  return ERROR_INFO[code] ?? `unexpected error ${code}`;
}

export const ERROR_INFO: Readonly<Record<number, string>> = {
  6017: "invalid request parameter",
  10002: "server internal error",
  10003: "request command is illegal",
  10004: "server internal error, please retry",
  10007: "no permission for this operation",
  10010: "official account not exist or has been destroyed",
  10018: "response size exceeds the limit",
  10016: "message rejected by the third-party callback",
  10023: "message frequency of the official account exceeded",
  10030: "message to recall not found",
  20001: "invalid request packet",
  20005: "internal error, please retry",
  20006: "creation rejected by the third-party callback",
  60002: "http request parse error",
  60003: "request json parse error",
  60004: "account or usersig in the request is wrong",
  60005: "account or usersig in the request is wrong",
  60006: "invalid sdkappid",
  60007: "rest api call frequency exceeded",
  60008: "request timeout or http request format error",
  60009: "request resource error, check the url",
  60010: "need app admin permission",
  60011: "sdkappid request frequency exceeded",
  60012: "need sdkappid in the url",
  60013: "response json parse error",
  60014: "replace account timeout",
  60015: "account in the request body should be a string",
  60016: "sdkappid is disabled",
  60017: "request is forbidden",
  60018: "too many requests, please retry later",
  60019: "too many requests, please retry later",
  60020: "the package has expired and the service is stopped",
  60021: "the source ip of the request is not allowed",
  70001: "usersig is expired",
  70002: "usersig is empty",
  70003: "usersig is illegal",
  70005: "usersig is illegal",
  70009: "usersig check failed, please check the key",
  70013: "identifier in the usersig does not match the request",
  70014: "sdkappid in the usersig does not match the request",
  70016: "public key of the sdkappid not found",
  70020: "sdkappid not found",
  70050: "usersig check failed too often, please retry in one minute",
  70051: "the account is blocked",
  70052: "usersig is invalid now, please generate it again",
  70107: "the user does not exist",
  70114: "blocked for security, login is too frequent",
  70169: "server internal timeout, please retry",
  70202: "server internal timeout, please retry",
  70398: "the number of accounts exceeds 100, please upgrade",
  70402: "invalid parameter",
  70403: "need app admin permission",
  70500: "server internal error, please retry",
  80001: "text contains sensitive content",
  80002: "message content is too long",
  130002: "operation not permitted, please check the request",
  130004: "official account not exist or has been destroyed",
  130007: "invalid official account id",
  130008: "official account id is already in use",
  131000: "the official account service is not enabled for this sdkappid",
};

export type JsonObject = Record<string, unknown>;

/** Returns whether a parsed JSON value is an object, not an array or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses JSON. Returns undefined for invalid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
