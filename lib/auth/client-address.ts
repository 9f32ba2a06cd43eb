import { isIPv6 } from "node:net";

/**
 * Who a request came from, for counting: an IPv4 address, or the /64 network of an IPv6 one, in
 * which a single client has addresses without end. The server itself writes the header it reads.
 */
export function clientAddress(headers: { readonly [name: string]: unknown }): string {
  const address = String(headers["x-forwarded-for"] ?? "unknown");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? network64(address) : address;
}

function network64(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? 0 : tail.split(":").length;
    while (groups.length < 8 - after) groups.push("0");
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
