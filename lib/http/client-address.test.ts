import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress, senderAddress, trustedNetworks } from "./client-address";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s counts as %s", (address, counted) => {
  expect(clientAddress({ "x-forwarded-for": address })).toBe(counted);
});

test("requests without an address count together", () => {
  expect(clientAddress({})).toBe("unknown");
});

describe("where a request comes from", () => {
  const trusted = trustedNetworks(["10.0.0.0/8", "192.0.2.1", "2001:db8:ff::/48", "fe80::1%eth0"]);

  test.each([
    ["a stranger who says nothing", "203.0.113.9", undefined, "203.0.113.9"],
    ["a stranger who says something", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["a stranger next to a trusted address", "192.0.2.2", "198.51.100.1", "192.0.2.2"],
    ["a proxy that says nothing", "10.1.2.3", undefined, "10.1.2.3"],
    ["a proxy that says nothing at all", "10.1.2.3", "", "10.1.2.3"],
    ["a proxy that names its client", "10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["an address alone in the list", "192.0.2.1", "198.51.100.1", "198.51.100.1"],
    ["a client who names another", "10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["a client who names a proxy", "10.1.2.3", "10.9.9.9, 198.51.100.1", "198.51.100.1"],
    ["a client who writes nonsense", "10.1.2.3", "%$§, 198.51.100.1", "198.51.100.1"],
    ["a proxy behind a proxy", "10.1.2.3", "198.51.100.1,10.4.4.4 , 192.0.2.1", "198.51.100.1"],
    ["a client within the networks", "10.1.2.3", "10.7.7.7, 10.4.4.4", "10.7.7.7"],
    ["nonsense from a proxy", "10.1.2.3", "198.51.100.1, unknown", "10.1.2.3"],
    ["half of it nonsense", "10.1.2.3", "198.51.100.1, _hidden, 10.4.4.4", "10.1.2.3"],
    ["a number that is no address", "10.1.2.3", "198.51.100.256", "10.1.2.3"],
    ["an old way to write an address", "10.1.2.3", "0x7f.1", "10.1.2.3"],
    ["a port behind it", "10.1.2.3", "198.51.100.1:4711", "198.51.100.1"],
    ["a port behind a longer one", "10.1.2.3", "[2001:db8::7]:4711", "2001:db8::7"],
    ["brackets without a port", "10.1.2.3", "[2001:db8::7]", "2001:db8::7"],
    ["a longer address", "10.1.2.3", "2001:db8::7", "2001:db8::7"],
    ["a proxy of the longer kind", "2001:db8:ff::1", "198.51.100.1", "198.51.100.1"],
    ["a stranger of the longer kind", "2001:db8:fe::1", "198.51.100.1", "2001:db8:fe::1"],
    ["a proxy on this link", "fe80::1%eth0", "198.51.100.1", "198.51.100.1"],
    ["another on this link", "fe80::2%eth0", "198.51.100.1", "fe80::2%eth0"],
    ["a proxy in the other's clothes", "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["a stranger in the other's clothes", "::ffff:203.0.113.9", "1.1.1.1", "203.0.113.9"],
    ["a client in the other's clothes", "10.1.2.3", "::ffff:198.51.100.1", "198.51.100.1"],
    ["no connection any more", undefined, "198.51.100.1", "unknown"],
  ])("%s", (_, socket, said, sender) => {
    expect(senderAddress(socket, said, trusted)).toBe(sender);
  });

  const untrusted = fc
    .oneof(fc.ipV4(), fc.ipV6())
    .filter((address) => senderAddress(address, "198.51.100.1", trusted) === address);
  const anything = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constant("10.0.0.1"));
  const proxies = fc.array(fc.constantFrom("10.0.0.1", "192.0.2.1", "2001:db8:ff::1"), {
    maxLength: 3,
  });

  test("a client cannot choose it, whatever he says", () => {
    fc.assert(
      fc.property(fc.array(anything), untrusted, proxies, (said, client, chain) => {
        const alone = senderAddress(client, said.join(", "), trusted);
        const heard = [...said, client, ...chain].join(", ");
        expect(alone).toBe(client);
        expect(senderAddress("10.0.0.1", heard, trusted)).toBe(client);
      }),
    );
  });

  test("without trusted proxies nobody is believed", () => {
    fc.assert(
      fc.property(untrusted, fc.array(anything), (socket, said) => {
        expect(senderAddress(socket, said.join(","), trustedNetworks([]))).toBe(socket);
      }),
    );
  });
});
