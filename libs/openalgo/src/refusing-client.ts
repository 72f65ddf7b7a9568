import type { TimedReply } from './call-endpoint.ts';
import type { OpenAlgoClient } from './client.ts';

/**
 * Stands for an OpenAlgo whose API key we do not have: every call is over before anything is sent, as
 * with a key that OpenAlgo refuses. So its account's orders wait, and its session is looked at again.
 */
export function createRefusingClient(reason: string): OpenAlgoClient {
  const refuse = async (): Promise<Extract<TimedReply<never>, { kind: 'failure' }>> => {
    const now = new Date();
    const instants = { startedAt: now, endedAt: now };
    const failure = { kind: 'failure', cause: 'session_dead', httpStatus: null, reason } as const;
    return await Promise.resolve({ ...failure, ...instants });
  };
  return {
    ping: refuse,
    analyzer: refuse,
    search: refuse,
    symbol: refuse,
    holidays: refuse,
    cancelOrder: refuse,
    openPosition: refuse,
    readOrderBook: refuse,
    readTradeBook: refuse,
    readPositionBook: refuse,
    readHoldings: refuse,
    takesClientOrderId: async () => await Promise.resolve(null),
    placeOrder: async () =>
      await Promise.resolve({
        outcome: { kind: 'not_sent', cause: 'session_dead', reason },
        startedAt: new Date(),
        sentAt: null,
        answeredAt: null,
        httpStatus: null,
        answerText: null,
      }),
    close: async () => {
      await Promise.resolve();
    },
  };
}
