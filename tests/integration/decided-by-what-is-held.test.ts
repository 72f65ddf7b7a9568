import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';
import { fillOrder, sendOrder } from '../support/positions.ts';

let parts: FreshParts;
let replicas: TestIngress[];

beforeAll(async () => {
  parts = await freshParts();
  replicas = [await openIngress(parts), await openIngress(parts)];
});
afterAll(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await parts.dispose();
});

interface Hand {
  strategyId: StrategyId;
  post(body: object, replica?: number): ReturnType<typeof postWebhook>;
}

async function makeHand(
  values: Partial<Omit<Parameters<typeof makeStrategy>[1], 'account_id'>> = {},
): Promise<Hand> {
  const account_id = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { account_id, ...values });
  for (const symbol of ['SBIN', 'INFY']) {
    const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  }
  const webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
  const post = async (body: object, replica = 0) =>
    await postWebhook(replicas[replica]?.url ?? '', {
      webhookId,
      body: body as Record<string, unknown>,
    });
  return { strategyId, post };
}

const ordersOf = async ({ strategyId }: Hand) =>
  await parts.db
    .selectFrom('orders')
    .select(['id', 'action', 'quantity', 'role', 'status'])
    .where('strategy_id', '=', strategyId)
    .orderBy('seq')
    .execute();

async function fillAll(hand: Hand): Promise<void> {
  for (const { id, quantity } of await ordersOf(hand)) {
    await sendOrder(parts.db, id);
    await fillOrder(parts.db, { orderId: id, filled: quantity });
  }
}

const own = { position_scope: 'strategy' } as const;
const codeOf = ({ body }: Awaited<ReturnType<typeof postWebhook>>) => {
  const refused = body['refused'] as { code: string }[] | undefined;
  return refused?.[0]?.code ?? body['code'];
};

describe('what is held decides', () => {
  it('a target is reached by the difference, an exit sells what is owned', async () => {
    const hand = await makeHand(own);
    await hand.post({ symbol: 'SBIN', action: 'BUY' });
    await fillAll(hand);
    await hand.post({ symbol: 'SBIN', action: 'BUY', position_size: 25 });
    await hand.post({ symbol: 'SBIN', action: 'SELL', position_size: 4 });
    expect(await ordersOf(hand)).toMatchObject([
      { action: 'BUY', quantity: 10 },
      { action: 'BUY', quantity: 15, status: 'superseded' },
      { action: 'SELL', quantity: 6, role: 'exit' },
    ]);
  });

  it('nothing held is nothing to exit, and 200', async () => {
    const hand = await makeHand(own);
    const answer = await hand.post({ symbol: 'SBIN', action: 'SELL' });
    expect(answer).toMatchObject({ status: 200, body: { orders: [] } });
    expect(codeOf(answer)).toBe('nothing_to_exit');
  });

  it('two targets at once on two replicas are the higher one, not their sum', async () => {
    for (let round = 0; round < 20; round++) {
      const hand = await makeHand(own);
      await Promise.all([
        hand.post({ symbol: 'SBIN', action: 'BUY', position_size: 10 }, 0),
        hand.post({ symbol: 'SBIN', action: 'BUY', position_size: 20 }, 1),
      ]);
      let bought = 0;
      for (const { id } of await ordersOf(hand)) {
        const claim = await claimNow(parts.db, { orderId: id });
        if (claim.verdict !== 'taken') continue;
        bought += claim.quantity;
        await sql`update orders set status = 'accepted', broker_order_id = id::text, mode = 'analyze' where id = ${id}`.execute(
          parts.db,
        );
        await fillOrder(parts.db, { orderId: id, filled: claim.quantity });
      }
      expect(bought).toBe(20);
    }
  });

  it('many signals of one symbol at once are all taken: whoever decided too early decides again', async () => {
    const hand = await makeHand({ ...own, max_quantity: 1000 });
    const answers = await Promise.all(
      Array.from(
        { length: 60 },
        async (_, index) =>
          await hand.post({ symbol: 'SBIN', action: 'BUY', signal_id: `s${index}` }, index % 2),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await ordersOf(hand)).toHaveLength(60);
  });
});

describe('a resend of what is held by now is a repetition, not a refusal', () => {
  it('of a target', async () => {
    const hand = await makeHand(own);
    const body = { symbol: 'SBIN', action: 'BUY', position_size: 10 };
    const first = await hand.post(body);
    expect(await hand.post(body)).toMatchObject({
      status: 200,
      body: { duplicate: true, signal_id: first.body['signal_id'] },
    });
    await sql`update last_signals set accepted_at = accepted_at - interval '1 minute'`.execute(
      parts.db,
    );
    expect(codeOf(await hand.post(body))).toBe('already_at_target');
  });

  it('of an exit', async () => {
    const hand = await makeHand(own);
    await hand.post({ symbol: 'SBIN', action: 'BUY' });
    await fillAll(hand);
    await hand.post({ symbol: 'SBIN', action: 'SELL' });
    const again = await hand.post({ symbol: 'SBIN', action: 'SELL' });
    expect(again).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(await ordersOf(hand)).toHaveLength(2);
  });

  it("of a scan; a minute later the scan's repetition is one entry too many", async () => {
    const hand = await makeHand({ ...own, platform: 'chartink', trading_mode: null });
    const scan = { stocks: 'SBIN,INFY', scan_name: 'BUY breakouts' };
    await hand.post(scan);
    expect(await hand.post(scan)).toMatchObject({ status: 200, body: { duplicate: true } });
    await sql`update last_signals set accepted_at = accepted_at - interval '1 minute'`.execute(
      parts.db,
    );
    const later = await hand.post(scan);
    expect(later).toMatchObject({ status: 200, body: { orders: [] } });
    expect(codeOf(later)).toBe('already_in_position');
  });

  it('SELL, BUY, SELL within seconds are three signals', async () => {
    const hand = await makeHand();
    for (const action of ['SELL', 'BUY', 'SELL']) await hand.post({ symbol: 'SBIN', action });
    expect(await ordersOf(hand)).toHaveLength(3);
  });
});
