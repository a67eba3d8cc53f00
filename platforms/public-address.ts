import { BlockList, isIP } from 'node:net';

// After the special-purpose address registries of IANA (RFC 6890 and what was added to them since).
const NOT_PUBLIC_V4: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared behind a carrier's NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, with the metadata services of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // former 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];

/** Inside the global unicast block: those that carry an IPv4 address of any kind, or belong to nobody. */
const NOT_PUBLIC_V6: ReadonlyArray<readonly [string, number]> = [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
];

const v4 = new BlockList();
for (const [network, bits] of NOT_PUBLIC_V4) v4.addSubnet(network, bits, 'ipv4');
const v6 = new BlockList();
for (const [network, bits] of NOT_PUBLIC_V6) v6.addSubnet(network, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address (not a name) belongs to the public internet. False for anything that is no address. Of IPv6 only
 * global unicast counts, so loopback, private, link-local, multicast, IPv4-mapped and NAT64 addresses are none.
 */
export function isPublicAddress(address: string): boolean {
  switch (address.includes('%') ? 0 : isIP(address)) {
    case 4:
      return !v4.check(address, 'ipv4');
    case 6:
      return globalV6.check(address, 'ipv6') && !v6.check(address, 'ipv6');
    default:
      return false;
  }
}
