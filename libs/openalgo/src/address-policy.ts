import { BlockList, isIP } from 'node:net';

/** Which addresses an OpenAlgo may be at. */
export interface AddressPolicy {
  /** Those of this machine and of private networks, too: where OpenAlgo normally runs. */
  allowPrivate: boolean;
}

/**
 * Never an OpenAlgo: link-local addresses, among them the metadata services of clouds, those that have
 * addresses of their own, and what is no address of a host at all.
 */
const never = listOf([
  '169.254.0.0/16',
  'fe80::/10',
  'fec0::/10',
  'fd00:ec2::254/128',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'ff00::/8',
]);

/** This machine, and networks that nobody else reaches. */
const privates = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::/127',
  'fc00::/7',
]);

/** Why nothing may be sent to an address; undefined: it may. */
export function refuseAddress(address: string, policy: AddressPolicy): string | undefined {
  const inner = innerAddress(address);
  if (isIn(never, inner)) return `${address} is no address for an OpenAlgo`;
  if (policy.allowPrivate || !isIn(privates, inner)) return undefined;
  return `${address} is private, and ALLOW_PRIVATE_OPENALGO is off`;
}

/** IPv4 in an IPv6 address: mapped, compatible, or for translation (NAT64), as a URL spells it. */
const embedded = /^(?:::|::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** The IPv4 address that an IPv6 address stands for, where it does. */
function innerAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const plain = address.replace(/%.*$/, '');
  const spelled = URL.parse(`http://[${plain}]`)?.hostname.slice(1, -1) ?? plain;
  const [, high, low] = embedded.exec(spelled) ?? [];
  if (high === undefined || low === undefined) return plain;
  const bytes = [high, low].flatMap((group) => {
    const number = Number.parseInt(group, 16);
    return [number >> 8, number & 255];
  });
  return bytes.join('.');
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  // What is no address at all is let nowhere.
  return version === 0 || list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
