import type { SimulatorClient } from '@orderlane/simulator/client';
import { z } from 'zod';
import type { TradeFact } from './evidence.ts';

const trades = z.array(
  z.object({
    orderid: z.string(),
    exchange: z.string(),
    symbol: z.string(),
    product: z.string(),
    action: z.enum(['BUY', 'SELL']),
    quantity: z.number(),
    at: z.number(),
  }),
);
const books = z.object({
  live: z.object({ trades }),
  sandbox: z.object({ trades }),
});

/** Every trade at the brokers and in the analyzers, whoever made it, in the order in which they happened. */
export async function readTrades(
  simulator: SimulatorClient,
  apiKeys: readonly string[],
): Promise<TradeFact[]> {
  const facts: TradeFact[] = [];
  for (const [account, apikey] of apiKeys.entries()) {
    const { live, sandbox } = books.parse(await simulator.control('POST books', { apikey }));
    for (const [mode, book] of [
      ['live', live],
      ['analyze', sandbox],
    ] as const) {
      const made = book.trades.map(({ orderid, ...trade }) => ({
        ...{ account, mode, brokerOrderId: orderid },
        ...trade,
      }));
      facts.push(...made);
    }
  }
  return facts.toSorted((one, other) => one.at - other.at);
}
