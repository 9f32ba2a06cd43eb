import type { ServerResponse } from "node:http";

/** How an answer reaches the caller when it does not simply arrive. */
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
