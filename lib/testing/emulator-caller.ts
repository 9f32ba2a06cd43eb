import { createRequire } from "node:module";
import { isJsonObject, type JsonObject } from "@/lib/chat-emulator/refusal";
import type { App } from "../chat-emulator/access";
import type { Emulator } from "../chat-emulator/server";

interface TlsSigApi {
  readonly Api: new (
    sdkAppId: number,
    key: string,
  ) => { genUserSig(userId: string, expire: number): string };
}

// The vendor's own signer: the emulator is not tested with a signature of our making.
const { Api }: TlsSigApi = createRequire(import.meta.url)("tls-sig-api-v2");

export const LIST = "official_account_open_http_svc/get_subscribed_official_account_list";
export const INFO = "official_account_open_http_svc/get_official_account_info";
export const CHECK = "im_open_login_svc/account_check";

export const testApp: App = {
  sdkAppId: 1400000001,
  adminId: "administrator",
  secretKey: "a key for tests only",
};

const TEN_YEARS = 315_360_000;

export function signed(
  { sdkAppId, adminId, secretKey } = testApp,
  expireSeconds = TEN_YEARS,
): string {
  return new Api(sdkAppId, secretKey).genUserSig(adminId, expireSeconds);
}

/** The address of a command; a parameter given as undefined is left out. */
export function address(
  emulator: Emulator,
  command: string,
  parameters: Record<string, string | undefined> = {},
): string {
  const all: Record<string, string | undefined> = {
    sdkappid: String(testApp.sdkAppId),
    identifier: testApp.adminId,
    usersig: USER_SIG,
    random: "4294967295",
    contenttype: "json",
    ...parameters,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) query.set(name, value);
  }
  return `${emulator.url}/v4/${command}?${query}`;
}

const USER_SIG = signed();

/** The parsed answer to a call; throws when it is not an object. */
export async function call(
  emulator: Emulator,
  command: string,
  body: unknown,
  parameters: Record<string, string | undefined> = {},
): Promise<JsonObject> {
  const response = await fetch(address(emulator, command, parameters), {
    method: "POST",
    body: JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  const answer: unknown = await response.json();
  if (!isJsonObject(answer)) throw new Error("not a JSON object");
  return answer;
}

/** The rows of an answer. */
export function rowsOf(answer: JsonObject): JsonObject[] {
  const rows = answer.OfficialAccountInfoList;
  if (!Array.isArray(rows) || !rows.every(isJsonObject)) throw new Error("no rows");
  return rows;
}

/** The list call for a subscriber. */
export function listFor(emulator: Emulator, subscriberId: unknown, rest: JsonObject = {}) {
  return call(emulator, LIST, { Subscriber_Account: subscriberId, ...rest });
}
