import { parseBaseUrl } from './base-url.ts';
import { type Books, createBooks } from './books.ts';
import { openConnections } from './connections.ts';
import { createEnquiries, type Enquiries } from './enquiries.ts';
import { type PlacedOrder, type PlaceOrderCall, placeOrder } from './place-order.ts';
import { createRedact } from './redact.ts';

export interface OpenAlgoClientOptions {
  /** `http(s)://host[:port][/prefix]`, without `/api/v1`. */
  baseUrl: string;
  apiKey: string;
  /** For a whole place-order call; longer than OpenAlgo's own 120 s for the broker (ms). */
  callTimeoutMs?: number;
  /** For any other call, where the call itself does not say otherwise (ms). */
  readTimeoutMs?: number;
  connectTimeoutMs?: number;
  /** A connection idle for longer is not used again (ms). */
  keepAliveIdleMs?: number;
  /** False: OpenAlgo may not be on this machine or in a private network. */
  allowPrivate?: boolean;
}

/** One OpenAlgo instance. Never calls closeposition or cancelallorder: they act on the whole account. */
export interface OpenAlgoClient extends Books, Enquiries {
  placeOrder(call: PlaceOrderCall): Promise<PlacedOrder>;
  /** Waits for the calls under way, then closes the connections. */
  close(): Promise<void>;
}

/** @throws TypeError when `baseUrl` is not an http(s) address */
export function createOpenAlgoClient(options: OpenAlgoClientOptions): OpenAlgoClient {
  const connections = openConnections({
    connectTimeoutMs: options.connectTimeoutMs ?? 3000,
    keepAliveIdleMs: options.keepAliveIdleMs ?? 1000,
    policy: { allowPrivate: options.allowPrivate ?? true },
  });
  const deps = {
    connections,
    redact: createRedact(options.apiKey),
    apiRoot: `${parseBaseUrl(options.baseUrl)}/api/v1`,
    apiKey: options.apiKey,
    callTimeoutMs: options.callTimeoutMs ?? 125_000,
    readTimeoutMs: options.readTimeoutMs ?? 30_000,
  };
  return {
    ...createBooks(deps),
    ...createEnquiries(deps),
    placeOrder: async (call) => await placeOrder(deps, call),
    close: async () => await connections.close(),
  };
}
