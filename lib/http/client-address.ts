import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * Returns the client of a request for counting: an IPv4 address, or the /64 network of an IPv6
 * address, because a single client has countless IPv6 addresses. The server itself writes the
 * header.
 */
export function clientAddress(headers: { readonly [name: string]: unknown }): string {
  const address = plain(String(headers["x-forwarded-for"] ?? "unknown"));
  return isIPv6(address) ? network64(address) : address;
}

/** The addresses and networks of TRUSTED_PROXIES. */
export function trustedNetworks(networks: readonly string[]): BlockList {
  const trusted = new BlockList();
  for (const network of networks) {
    const [written = "", prefix] = network.split("/");
    const address = withoutZone(written);
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return trusted;
}

/**
 * Returns the sender of a request: the peer of the connection, or behind trusted proxies the
 * address that the outermost of them saw. Each proxy appends the address of its peer, so everything
 * left of an untrusted address is made up by that client. A malformed list is ignored.
 */
export function senderAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string {
  if (socketAddress === undefined) return "unknown";
  let sender = plain(socketAddress);
  if (forwardedFor === undefined) return sender;
  for (const said of forwardedFor.split(",").toReversed()) {
    if (!isTrusted(sender, trusted)) return sender;
    const before = withoutPort(said.trim());
    if (isIP(before) === 0) return plain(socketAddress);
    sender = plain(before);
  }
  return sender;
}

function isTrusted(address: string | undefined, trusted: BlockList): boolean {
  if (address === undefined) return false;
  const plainAddress = withoutZone(address);
  return trusted.check(plainAddress, isIPv6(plainAddress) ? "ipv6" : "ipv4");
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, "");
}

// Some proxies append a port.
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

function network64(address: string): string {
  const [head = "", tail] = withoutZone(address).split("::");
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
