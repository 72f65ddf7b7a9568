import type { AddressList } from './address-list.ts';

/** What a request says of where it comes from. */
export interface RequestSource {
  /** The far end of the socket. */
  socketAddress: string | undefined;
  /** `X-Forwarded-For`: anybody may write it, only trusted proxies are believed. */
  forwardedFor: string | undefined;
}

/**
 * The address of whoever made a request: the far end of the socket, or, where that is a trusted
 * proxy, the last address in `X-Forwarded-For` that is not one. Null where there is no socket.
 */
export function clientAddress(source: RequestSource, trusted: AddressList): string | null {
  const { socketAddress, forwardedFor = '' } = source;
  if (socketAddress === undefined) return null;
  const nearest = plain(socketAddress);
  if (!trusted.has(nearest)) return nearest;
  const hops = forwardedFor
    .split(',')
    .map((hop) => plain(hop.trim()))
    .filter((hop) => hop !== '');
  return hops.findLast((hop) => !trusted.has(hop)) ?? hops[0] ?? nearest;
}

/** Without the IPv6 form of an IPv4 address, brackets and port. */
function plain(address: string): string {
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  return bare.replace(/^::ffff:(?=\d+\.)/i, '');
}
