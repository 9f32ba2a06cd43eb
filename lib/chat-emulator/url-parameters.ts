import type { Gate } from "./gate";
import { Refusal } from "./refusal";

/** The gate of the app that a call names; refuses numbers that are none of ours. */
export function gateOf(query: URLSearchParams, gates: ReadonlyMap<number, Gate>): Gate {
  const sdkAppId = query.get("sdkappid");
  if (sdkAppId === null || sdkAppId === "") throw new Refusal(60012);
  if (!/^\d+$/.test(sdkAppId)) throw new Refusal(60006);
  const gate = gates.get(Number(sdkAppId));
  if (gate === undefined) throw new Refusal(70020);
  return gate;
}

/** Refuses a call whose other URL parameters are not what the vendor asks for; `now` in ms. */
export function checkParameters(query: URLSearchParams, gate: Gate, now: number): void {
  const random = query.get("random") ?? "";
  if (!/^\d{1,10}$/.test(random) || Number(random) > 0xffffffff) {
    throw new Refusal(60002, "random should be an unsigned 32-bit integer");
  }
  if (query.get("contenttype") !== "json") throw new Refusal(60002, "contenttype should be json");
  const identifier = query.get("identifier");
  if (identifier !== gate.app.adminId) throw new Refusal(60010);
  const userSig = query.get("usersig");
  if (userSig === null || userSig === "") throw new Refusal(70002);
  gate.verify(identifier, userSig, now);
}
