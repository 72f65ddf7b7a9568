import { Agent } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { guardedConnect } from './guarded-connect.ts';

/** The largest answer that is read; an order book of thousands of rows stays far below. */
const maxAnswerBytes = 32 * 1024 * 1024;

/** Times in ms. */
export interface ConnectionOptions {
  /** Until TCP, and TLS where there is any, are ready. */
  connectTimeoutMs: number;
  /** A connection that was idle for longer is not used again. */
  keepAliveIdleMs: number;
  /** Where connections may lead. */
  policy: AddressPolicy;
}

/**
 * The connections to one OpenAlgo instance: as many as there are calls under way, so that a slow
 * call holds up no other; one request at a time on each; none used again after it idled.
 *
 * HTTP/1.1 only: the guarantee that a request is written once, and not after its time, is checked
 * for that protocol. The time of a whole call is limited by its caller, not here.
 */
export function openConnections(options: ConnectionOptions): Agent {
  return new Agent({
    allowH2: false,
    pipelining: 1,
    connect: guardedConnect(options.policy, options.connectTimeoutMs),
    keepAliveTimeout: options.keepAliveIdleMs,
    keepAliveMaxTimeout: options.keepAliveIdleMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxAnswerBytes,
  });
}
