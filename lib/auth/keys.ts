import { hkdfSync } from "node:crypto";
import type { Secret } from "@/lib/secret";

/** A key of 256 bits for one purpose, so that what is made for one is worth nothing for another. */
export function keyFor(purpose: "seal" | "device" | "oidc", authSecret: Secret): Buffer {
  const info = `channel-desk ${purpose} 1`;
  return Buffer.from(hkdfSync("sha256", authSecret.reveal(), "", info, 32));
}
