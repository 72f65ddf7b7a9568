import type { Random } from '../random.ts';
import { type ChaosStrategy, quantityOfEntry } from './strategies.ts';

/** One wish of a sender: the signal that it posts, however often it has to. */
export interface Wish {
  /** Tells this wish from all others, in the evidence. */
  nonce: string;
  strategy: ChaosStrategy;
  stocks: readonly string[];
  body: Record<string, unknown>;
  headers: Record<string, string>;
  /** Whether a key of its own tells the gateway what a resend of it is. */
  hasKey: boolean;
  isDuplicated: boolean;
}

const duplicatedShare = 0.1;
const keyedShare = 0.6;
const largestBatch = 20;
/** Exits of a batch are smart orders: a few of them keep their lane busy for seconds. */
const largestExitBatch = 4;

/** Makes the next wish of a strategy; undefined when none of its stocks is free. */
export function makeWish(
  random: Random,
  args: {
    strategy: ChaosStrategy;
    number: number;
    isFree: (stock: string, hasKey: boolean) => boolean;
  },
): Wish | undefined {
  const { strategy } = args;
  const hasKey = random.next() < keyedShare;
  const free = random.shuffle(strategy.stocks).filter((stock) => args.isFree(stock, hasKey));
  const isExit = random.next() < strategy.exitShare;
  const nonce = `${strategy.name}/${args.number}`;
  if (free.length === 0) return undefined;
  const wish =
    strategy.platform === 'chartink'
      ? scan(random, { strategy, free, isExit, nonce })
      : order(random, { strategy, free, isExit, nonce });
  const isDuplicated = random.next() < duplicatedShare;
  const key = hasKey ? keyOf(random, { nonce, body: wish.body }) : { headers: {} };
  return { ...wish, ...key, nonce, strategy, hasKey, isDuplicated };
}

interface Asked {
  strategy: ChaosStrategy;
  free: readonly string[];
  isExit: boolean;
  nonce: string;
}

function scan(random: Random, { strategy, free, isExit, nonce }: Asked) {
  const most = isExit ? largestExitBatch : largestBatch;
  const stocks = free.slice(0, random.between(1, most));
  const words = strategy.name.includes('short') ? ['COVER', 'SHORT'] : ['SELL', 'BUY'];
  const body = {
    stocks: stocks.join(','),
    trigger_prices: stocks.map((_stock, index) => `${100 + index}.5`).join(','),
    // Unlike ChartInk's minutes it differs from batch to batch, as two real scans differ in stocks.
    triggered_at: nonce,
    scan_name: `chaos ${words[isExit ? 0 : 1]}`,
    alert_name: 'chaos',
    chaos: nonce,
  };
  return { stocks, body };
}

function order(random: Random, { strategy, free, isExit, nonce }: Asked) {
  const stocks = free.slice(0, 1);
  const opens = strategy.mode === 'SHORT' ? 'SELL' : 'BUY';
  const closes = strategy.mode === 'SHORT' ? 'BUY' : 'SELL';
  const target = isExit ? 0 : random.pick([-1, 1]) * quantityOfEntry;
  const asked =
    strategy.mode === 'BOTH'
      ? { action: target > 0 ? 'BUY' : 'SELL', position_size: target }
      : { action: isExit ? closes : opens };
  return { stocks, body: { symbol: stocks[0], ...asked, chaos: nonce } };
}

/** As TradingView's template has it, or as a script would send it. */
function keyOf(random: Random, args: { nonce: string; body: Record<string, unknown> }) {
  const { nonce, body } = args;
  return random.next() < 0.5
    ? { body: { ...body, signal_id: nonce }, headers: {} }
    : { body, headers: { 'idempotency-key': nonce } };
}
