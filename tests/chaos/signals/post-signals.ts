import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../random.ts';
import type { Times } from '../times.ts';
import { makeWish, type Wish } from './make-wish.ts';
import { mostPostings, type SendDeps, type SentWish, sendWish } from './send-wish.ts';
import type { ChaosStrategy } from './strategies.ts';

export interface Senders {
  readonly sent: readonly SentWish[];
  /** Makes no new wish; resolves when the last resend was answered or given up. */
  stop(): Promise<void>;
}

export interface SendersSpec {
  seed: number;
  strategies: readonly ChaosStrategy[];
  ingressUrls: readonly string[];
  times: Times;
}

/** So many of a sender's rounds are a burst of wishes at once: the market's open, a batch of scripts. */
const burstShare = 0.02;
const burstSize = 12;

/** Posts signals for every strategy, by chance and by the seed, until stopped. */
export function postSignals(spec: SendersSpec): Senders {
  const stopping = new AbortController();
  const sent: SentWish[] = [];
  const loops = spec.strategies.map(
    async (strategy) => await postFor({ spec, strategy, sent, stopping: stopping.signal }),
  );
  return {
    sent,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

interface Sender {
  spec: SendersSpec;
  strategy: ChaosStrategy;
  sent: SentWish[];
  stopping: AbortSignal;
}

async function postFor(sender: Sender): Promise<void> {
  const { spec, strategy } = sender;
  const random = createRandom(spec.seed, strategy.name);
  const desk = createDesk(sender, random);
  while (await waitForNext(sender, random)) {
    const isBurst = strategy.platform === 'tradingview' && random.next() < burstShare;
    for (let count = 0; count < (isBurst ? burstSize : 1); count++) desk.sendOne();
  }
  await desk.settled();
}

/** False when the run has ended meanwhile. */
async function waitForNext({ spec, strategy, stopping }: Sender, random: Random): Promise<boolean> {
  const isSmart = strategy.mode === 'BOTH' || strategy.platform === 'chartink';
  const faster = isSmart ? spec.times.smartOrdersPerSecond : 1;
  const ms = random.gapMs(strategy.meanGapMs / faster);
  await sleep(ms, undefined, { signal: stopping }).catch(() => undefined);
  return !stopping.aborted;
}

/** Sends wishes without waiting for the one before, as alerts that fire when they fire. */
function createDesk({ spec, strategy, sent }: Sender, random: Random) {
  const stocks = createStocksUnderWay();
  const underWay = new Set<Promise<void>>();
  let number = 0;
  const deps: SendDeps = {
    ...spec,
    pickIngress: () => random.between(0, spec.ingressUrls.length - 1),
  };
  const deliver = async (wish: Wish, record: SentWish): Promise<void> => {
    stocks.take(wish);
    const laterMs = random.next() * 0.3 * spec.times.duplicateWindowMs;
    const tries = [deliverWish(deps, { wish, record, most: mostPostings })];
    if (wish.isDuplicated) {
      await sleep(laterMs);
      // Once: its own resends could come after the time in which a duplicate is one.
      tries.push(deliverWish(deps, { wish, record, most: 1 }));
    }
    await Promise.all(tries);
    stocks.release(wish);
  };
  return {
    sendOne() {
      number += 1;
      const wish = makeWish(random, { strategy, number, isFree: stocks.isFree });
      if (wish === undefined) return;
      const { nonce, hasKey } = wish;
      const record = { nonce, hasKey, stocks: wish.stocks, strategyId: strategy.id, postings: [] };
      sent.push(record);
      const done = deliver(wish, record).finally(() => underWay.delete(done));
      underWay.add(done);
    },
    settled: async () => void (await Promise.all(underWay)),
  };
}

async function deliverWish(
  deps: SendDeps,
  args: { wish: Wish; record: SentWish; most: number },
): Promise<void> {
  args.record.postings.push(...(await sendWish(deps, args)));
}

/**
 * A signal without a key is a duplicate only of the last one of its strategy and symbol: another one
 * in between makes its resend a new wish, as it must. So nothing else is sent for its stocks until
 * it is answered, nor it while something else is under way; wishes with keys come as they come.
 */
function createStocksUnderWay() {
  const counts = new Map<string, number>();
  const held = new Set<string>();
  return {
    isFree: (stock: string, hasKey: boolean) =>
      !held.has(stock) && (hasKey || (counts.get(stock) ?? 0) === 0),
    take({ stocks, hasKey }: Wish) {
      for (const stock of stocks) {
        counts.set(stock, (counts.get(stock) ?? 0) + 1);
        if (!hasKey) held.add(stock);
      }
    },
    release({ stocks, hasKey }: Wish) {
      for (const stock of stocks) {
        counts.set(stock, (counts.get(stock) ?? 1) - 1);
        if (!hasKey) held.delete(stock);
      }
    },
  };
}
