import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * Who a request came from, for counting: an IPv4 address, or the /64 network of an IPv6 one, in
 * which a single client has addresses without end. The server itself writes the header it reads.
 */
export function clientAddress(headers: { readonly [name: string]: unknown }): string {
  const address = plain(String(headers["x-forwarded-for"] ?? "unknown"));
  return isIPv6(address) ? network64(address) : address;
}

/** The addresses and networks of TRUSTED_PROXIES, whose word on a client's address is taken. */
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
 * Where a request comes from: the other end of its connection, and behind trusted proxies what the
 * outermost of them saw. Each proxy adds at the right whom it heard from, so what stands to the left
 * of an address that is not trusted is that client's own invention. A list that is no list of
 * addresses is not believed at all.
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

/** Whether what this end of a connection says of its client is taken. */
function isTrusted(address: string | undefined, trusted: BlockList): boolean {
  if (address === undefined) return false;
  const plainAddress = withoutZone(address);
  return trusted.check(plainAddress, isIPv6(plainAddress) ? "ipv6" : "ipv4");
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, "");
}

// Some proxies write a port behind the address.
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
