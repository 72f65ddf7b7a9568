import { setTimeout as sleep } from 'node:timers/promises';
import { closableByHand, handAccount, pairStocks } from '../signals/strategies.ts';
import type { ChaosFault, FaultParts } from './fault.ts';

const LASTS_MS = 12_000;
const GAP_MS = 500;
const lot = 3;

/** Somebody buys shares of his own beside the strategies', and sells them again. */
const ownShares: ChaosFault = {
  name: 'hand-own-shares',
  async run(parts, random) {
    const bought = new Map<string, number>();
    const stocks = pairStocks.filter((stock) => !closableByHand.includes(stock));
    await repeatedly(parts, 'hand-own-shares', async () => {
      const symbol = random.pick(stocks);
      const own = bought.get(symbol) ?? 0;
      const isSale = own > 0 && random.next() < 0.5;
      bought.set(symbol, own + (isSale ? -lot : lot));
      await trade(parts, { symbol, action: isSale ? 'SELL' : 'BUY', quantity: lot });
    });
    return Date.now();
  },
};

/** Somebody closes at the broker what a strategy bought. */
const closing: ChaosFault = {
  name: 'hand-closes',
  async run(parts, random) {
    await repeatedly(parts, 'hand-closes', async () => {
      const symbol = random.pick(closableByHand);
      const held = await heldOf(parts, symbol);
      if (held <= 0) return;
      await trade(parts, { symbol, action: 'SELL', quantity: random.between(1, held) });
    });
    return Date.now();
  },
};

export const handFaults: readonly ChaosFault[] = [ownShares, closing];

async function repeatedly(
  parts: FaultParts,
  name: string,
  once: () => Promise<void>,
): Promise<void> {
  const { timeline, times, ending } = parts;
  timeline.add('fault', `${name} begins`);
  const until = Date.now() + LASTS_MS / times.divide;
  while (Date.now() < until && !ending.aborted) {
    await once();
    await sleep(GAP_MS / times.divide);
  }
  timeline.add('fault', `${name} is over`);
}

async function trade(
  { ground, apiKeys, timeline }: FaultParts,
  order: { symbol: string; action: 'BUY' | 'SELL'; quantity: number },
): Promise<void> {
  await ground.simulator.control('POST trade', { apikey: apiKeys[handAccount], ...order });
  const { action, quantity, symbol } = order;
  timeline.add('fault', `by hand: ${action} ${quantity} ${symbol}`);
}

async function heldOf({ ground, apiKeys }: FaultParts, symbol: string): Promise<number> {
  const { live } = await ground.simulator.control('POST books', { apikey: apiKeys[handAccount] });
  const { positions } = live as { positions: { symbol: string; quantity: number }[] };
  return positions.find((position) => position.symbol === symbol)?.quantity ?? 0;
}
