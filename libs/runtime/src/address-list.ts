import { BlockList, isIP } from 'node:net';

/** A set of IP addresses and networks. */
export interface AddressList {
  /** As they were given. */
  readonly texts: readonly string[];
  /** IPv4 addresses are found in their IPv6 form (`::ffff:…`), too. */
  has(address: string): boolean;
}

/** A list of `10.0.0.1` and `10.0.0.0/8`, of IPv4 and IPv6; undefined where one is neither. */
export function parseAddressList(given: readonly string[]): AddressList | undefined {
  const texts = given.map((text) => text.trim()).filter((text) => text !== '');
  const list = new BlockList();
  for (const text of texts) if (!add(list, text)) return undefined;
  return {
    texts,
    has: (address) => {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

function add(list: BlockList, text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (prefix === undefined) {
    list.addAddress(address, family);
    return true;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits <= (version === 6 ? 128 : 32))) return false;
  list.addSubnet(address, bits, family);
  return true;
}
