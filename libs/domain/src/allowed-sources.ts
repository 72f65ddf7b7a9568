import { z } from 'zod';

/**
 * Lists of senders' addresses, by name. TradingView's are those of its documentation on webhooks, the
 * same for all of its users.
 */
export const sourceLists: Readonly<Record<string, readonly string[]>> = {
  tradingview: ['52.89.214.238', '34.212.75.30', '54.218.53.128', '52.32.178.7'],
};

const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Whether a text is an address, a network such as 10.0.0.0/8, or the name of a list. */
export function isSource(text: string): boolean {
  return Object.hasOwn(sourceLists, text) || address.safeParse(text).success;
}

/** The addresses and networks that sources mean, names of lists spelled out. */
export function expandSources(sources: readonly string[]): string[] {
  return sources.flatMap((source) =>
    Object.hasOwn(sourceLists, source) ? (sourceLists[source] ?? []) : [source],
  );
}
