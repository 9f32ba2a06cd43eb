import type { ServerResponse } from "node:http";
import { isJsonObject, type JsonObject } from "./refusal";

/** Changes an answer before it is serialised. */
export type BodyFault = (body: JsonObject) => JsonObject;

const EIGHT_MEGABYTES = "x".repeat(8 * 1024 * 1024);

/** An answer far larger than documented, whatever fields were requested. */
export const bigBody: BodyFault = (body) => ({ ...body, Padding: EIGHT_MEGABYTES });

/** Numbers as strings, nulls, unknown fields, and a count beyond 32 bits. */
export const numericStrings: BodyFault = (body) => ({
  ...stringified(body),
  RequestId: "a field of a later version",
  OfficialAccountInfoList: rowsOf(body).map((row, index) => ({
    ...stringified(row),
    ...("SubscriberNum" in row && index === 0 ? { SubscriberNum: "5000000000" } : {}),
    ...("Introduction" in row ? { Introduction: null } : {}),
    ...("FaceUrl" in row ? { FaceUrl: null } : {}),
    SelfInfo: isJsonObject(row.SelfInfo) && index % 2 === 0 ? stringified(row.SelfInfo) : null,
    Verified: { Level: 3 },
  })),
});

/** Negative counts, and a row without a channel ID. */
export const nonsense: BodyFault = (body) => ({
  ...body,
  TotalCount: -1,
  OfficialAccountInfoList: rowsOf(body).map((row, index) => {
    if (index === 1) return { ...row, SubscriberNum: -5 };
    if (index !== 2) return row;
    const { Official_Account: _, ...anonymous } = row;
    return anonymous;
  }),
});

const ODD: readonly ((row: JsonObject) => unknown)[] = [
  (row) => replaced(row, "SubscriberNum", -1),
  (row) => replaced(row, "SubscriberNum", ""),
  (row) => replaced(row, "SubscriberNum", "N/A"),
  (row) => replaced(row, "SubscriberNum", 1.5),
  (row) => replaced(row, "SubscriberNum", 2 ** 64 - 1),
  (row) => replaced(row, "LastMsgTime", -1),
  (row) => replaced(row, "LastMsgTime", 1_698_894_911_000),
  (row) => replaced(row, "Name", 12_345),
  (row) => replaced(row, "Owner_Account", 107_867),
  (row) => replaced(row, "SelfInfo", []),
  ({ Official_Account: _, ...row }) => row,
  () => null,
];

/** One value of an undocumented form in each of ten rows, a row without an ID, and a null row. */
export const oddValues: BodyFault = (body) => ({
  ...body,
  OfficialAccountInfoList: rowsOf(body).map((row, index) => {
    const change = ODD[index];
    return change ? change(row) : row;
  }),
});

/** Replaces a value of a row, if it exists. */
function replaced(row: JsonObject, name: string, value: unknown): JsonObject {
  return name in row ? { ...row, [name]: value } : row;
}

function rowsOf({ OfficialAccountInfoList: rows }: JsonObject): JsonObject[] {
  return Array.isArray(rows) ? rows : [];
}

function stringified(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === "number" ? String(value) : value,
    ]),
  );
}

/** How an answer is transmitted if not normally. */
export type Delivery =
  | "slow"
  | "hanging"
  | "reset"
  | "reset-midway"
  | "bad-gateway"
  | "html"
  | "truncated";

/** Sends the text of an answer, or spoils it on its way. */
export function deliver(response: ServerResponse, text: string, delivery?: Delivery): void {
  switch (delivery) {
    case "hanging":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "reset-midway":
      sendHalfAndReset(response, Buffer.from(text));
      return;
    case "bad-gateway":
      send(response, 502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>");
      return;
    case "html":
      send(response, 200, "text/html", "<!doctype html><title>Sign in to this network</title>");
      return;
    case "truncated":
      send(response, 200, "application/json", half(Buffer.from(text)));
      return;
    default:
      send(response, 200, "application/json", text);
  }
}

/** Sends a whole body with its length. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "Content-Type": type, "Content-Length": bytes.length });
  response.end(bytes);
}

function sendHalfAndReset(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.write(half(body), () => response.destroy());
}

function half(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}
