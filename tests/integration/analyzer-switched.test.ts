import { setPosition } from '@orderlane/db/positions';
import { listStrategiesToFlatten } from '@orderlane/db/unasked-closings';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow } from '../support/claims.ts';
import { storeOrder } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { sendOrder } from '../support/positions.ts';
import { switchedMode } from '../support/switched-mode.ts';

let holder: Holder;

// 10 SBIN were built in the analyzer, which is on.
beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const { switchTo, closings, confirmLive, ownLive, newest } = switchedMode(() => holder);
const alerts = async () =>
  await holder.seed.db.selectFrom('alerts').select(['code', 'text', 'count']).execute();

describe('that the mode was switched', () => {
  it('is told where something is held that was built in the mode before', async () => {
    await switchTo('live');
    expect(await alerts()).toEqual([
      {
        code: 'mode_changed',
        text: 'OpenAlgo of account "main" was switched to mode live. Built in mode analyze, and not closed before it is back: 10 NSE:SBIN:MIS (Holder)',
        count: 1,
      },
    ]);
    await switchTo('live');
    expect(await alerts()).toHaveLength(1);
  });

  it('is told to nobody where nothing is held', async () => {
    await holder.seed.db.updateTable('positions').set({ own: 0 }).execute();
    await switchTo('live');
    expect(await alerts()).toEqual([]);
    expect(await holder.cli.json(['account', 'list'])).toMatchObject([{ mode: 'live' }]);
  });
});

describe('an exit of what was built in the other mode', () => {
  const exit = async () => await holder.cli.json(['exit', 'Holder']);
  const orderId = async () =>
    (
      await holder.seed.db
        .selectFrom('orders')
        .select('id')
        .where('role', '=', 'exit')
        .executeTakeFirstOrThrow()
    ).id;

  it('waits for that mode, and goes out in it', async () => {
    await switchTo('live');
    await holder.seed.db
      .updateTable('openalgo_accounts')
      .set({ live_confirmed_at: new Date() })
      .execute();
    expect(await exit()).toMatchObject({
      closings: [{ symbol: 'SBIN', action: 'SELL', quantity: 10 }],
    });
    expect(await closings()).toEqual([{ mode: 'analyze', status: 'open', scope: 'strategy' }]);
    const id = await orderId();
    expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({ verdict: 'braked' });
    await switchTo('analyze');
    expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({ verdict: 'taken' });
  });

  it('that is under way is not asked for twice', async () => {
    await switchTo('live');
    await exit();
    expect(await exit()).toEqual({ closings: [], already_closing: ['NSE:SBIN:MIS'] });
    expect(await closings()).toHaveLength(1);
  });

  it('is left alone beside what is held in the present mode: a closing is of one', async () => {
    await switchTo('live');
    const { strategyId, accountId } = holder;
    const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
    await setPosition(holder.seed.db, { strategyId, accountId, ...sbin, mode: 'live', own: 4 });
    expect(await exit()).toMatchObject({ closings: [{ quantity: 4 }] });
    expect(await closings()).toEqual([{ mode: 'live', status: 'open', scope: 'strategy' }]);
  });
});

describe('while an exit waits for the other mode', () => {
  const waiting = { mode: 'analyze', status: 'open', scope: 'strategy' };

  beforeEach(async () => {
    await switchTo('live');
    await confirmLive();
    await holder.cli.json(['exit', 'Holder']);
    expect(await closings()).toEqual([waiting]);
  });

  const switchedAgo = async (seconds: number) =>
    await sql`update openalgo_accounts set mode_since = now() - make_interval(secs => ${seconds})`.execute(
      holder.seed.db,
    );

  it('an entry of the present mode waits while the switch is new: it may be switched back unseen', async () => {
    await switchedAgo(50);
    await holder.post({ symbol: 'SBIN', action: 'BUY' });
    const { id } = await newest('entry');
    expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({ verdict: 'waits' });
  });

  it('an entry of the present mode goes out after that', async () => {
    await switchedAgo(61);
    await holder.post({ symbol: 'SBIN', action: 'BUY' });
    const { id } = await newest('entry');
    expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({ verdict: 'taken' });
    expect(await closings()).toEqual([waiting]);
  });

  it.each(['a signal', 'a person'])(
    'an exit of the present mode, asked for by %s, goes out, and the other waits on',
    async (who) => {
      const { id: first } = await newest('exit');
      await ownLive(4);
      if (who === 'a person') await holder.cli.json(['exit', 'Holder']);
      else await holder.post({ symbol: 'SBIN', action: 'SELL' });
      const { id } = await newest('exit');
      expect(id).not.toBe(first);
      expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({
        verdict: 'taken',
        quantity: 4,
      });
      expect(await closings()).toEqual(
        expect.arrayContaining([waiting, { ...waiting, mode: 'live' }]),
      );
      await answerFirst(holder.seed.db, {
        orderId: id,
        outcome: { kind: 'accepted', brokerOrderId: 'L0', mode: 'live' },
      });
      await switchTo('analyze');
      expect(await claimNow(holder.seed.db, { orderId: first })).toMatchObject({
        verdict: 'taken',
        quantity: 10,
      });
    },
  );

  it('what is on its way in the other mode takes nothing from an exit of this one', async () => {
    await ownLive(4);
    await holder.post({ symbol: 'SBIN', action: 'SELL' });
    const { id: live } = await newest('exit');
    await claimNow(holder.seed.db, { orderId: live });
    await answerFirst(holder.seed.db, {
      orderId: live,
      outcome: { kind: 'accepted', brokerOrderId: 'L1', mode: 'live' },
    });
    await switchTo('analyze');
    const { id: analyze } = await newest('exit');
    expect(await claimNow(holder.seed.db, { orderId: analyze })).toMatchObject({ quantity: 10 });
  });

  it('a kill switch that says flatten closes what is held in the present mode', async () => {
    await ownLive(4);
    const { strategyId, accountId } = holder;
    await holder.seed.db
      .insertInto('brakes')
      .values({ scope: 'everything', scope_id: 0, strength: 'flatten', set_by: 'test' })
      .execute();
    expect(await listStrategiesToFlatten(holder.seed.db)).toEqual([{ strategyId, accountId }]);
  });
});

describe('an order that rests in the other mode', () => {
  const smartExit = {
    role: 'exit',
    lane: 'smart',
    priority: 2,
    action: 'SELL',
    quantity: 0,
    targetPosition: 0,
  } as const;

  // Bought in the analyzer beside the 10 that are held there, and not filled yet.
  beforeEach(async () => {
    await confirmLive();
    await sendOrder(holder.seed.db, await storeOrder(holder.seed));
  });

  it('is waited for by a smart exit of that mode', async () => {
    const orderId = await storeOrder(holder.seed, smartExit);
    expect(await claimNow(holder.seed.db, { orderId })).toMatchObject({ verdict: 'waits' });
  });

  it('is no reason to wait in the present mode, nor to doubt that nothing is open there', async () => {
    await switchTo('live');
    const orderId = await storeOrder(holder.seed, smartExit);
    expect(await claimNow(holder.seed.db, { orderId })).toMatchObject({ verdict: 'taken' });
    const outcome = { kind: 'no_action', reason: 'No OpenPosition Found', mode: 'live' } as const;
    expect(await answerFirst(holder.seed.db, { orderId, outcome })).toMatchObject({
      status: 'no_action',
    });
  });
});
