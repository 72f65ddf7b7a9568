import { seeAccountMode } from '@orderlane/db/accounts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow } from '../support/claims.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { switchedMode } from '../support/switched-mode.ts';

let holder: Holder;

beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const { switchTo, closings, confirmLive, ownLive, newest } = switchedMode(() => holder);

describe('an exit that was taken for the analyzer, which OpenAlgo had left already', () => {
  // In the analyzer it holds nothing, and live 4, which an entry of this moment bought.
  beforeEach(async () => {
    await switchTo('analyze');
    await confirmLive();
    await ownInAnalyzer(0);
    await ownLive(4);
  });

  const ownInAnalyzer = async (own: number) => {
    await sql`update positions set own = ${own} where mode = 'analyze'`.execute(holder.seed.db);
  };
  const exitWrongly = async () => {
    await ownInAnalyzer(4);
    await holder.post({ symbol: 'SBIN', action: 'SELL' });
    await ownInAnalyzer(0);
  };

  it('closes what is held in the live account when that is seen', async () => {
    await exitWrongly();
    await switchTo('live');
    expect(await closings()).toEqual([{ mode: 'live', status: 'open', scope: 'strategy' }]);
    const { id } = await newest('exit');
    expect(await claimNow(holder.seed.db, { orderId: id })).toMatchObject({
      verdict: 'taken',
      quantity: 4,
    });
  });

  it('goes on as part of a closing of the live account that is open', async () => {
    await switchTo('live');
    await holder.cli.json(['exit', 'Holder']);
    await switchTo('analyze');
    await exitWrongly();
    await switchTo('live');
    expect(await closings()).toEqual(
      expect.arrayContaining([
        { mode: 'live', status: 'open', scope: 'strategy' },
        { mode: 'analyze', status: 'nothing_open', scope: 'strategy' },
      ]),
    );
    const moved = await holder.seed.db
      .selectFrom('orders as o')
      .innerJoin('closings as c', 'c.id', 'o.closing_id')
      .select(['c.mode', 'c.wish_seq', 'o.seq'])
      .where('o.role', '=', 'exit')
      .orderBy('o.seq')
      .execute();
    expect(moved.map(({ mode }) => mode)).toEqual(['live', 'live']);
    expect(moved.every(({ wish_seq }) => wish_seq === moved[1]?.seq)).toBe(true);
  });

  it('stays one of the analyzer that was asked for while the analyzer was seen', async () => {
    await exitWrongly();
    await switchTo('analyze');
    await switchTo('live');
    expect(await closings()).toEqual([{ mode: 'analyze', status: 'open', scope: 'strategy' }]);
  });
});

describe('the mode of an account', () => {
  const mode = async () => (await holder.cli.json(['account', 'list'])) as { mode: string }[];

  it('is told by an answer to an order that shows another one', async () => {
    await confirmLive();
    await holder.post({ symbol: 'INFY', action: 'BUY' });
    const { id: orderId } = await newest('entry');
    await claimNow(holder.seed.db, { orderId });
    const outcome = { kind: 'accepted', brokerOrderId: 'L2', mode: 'live' } as const;
    expect(await answerFirst(holder.seed.db, { orderId, outcome })).toMatchObject({
      showsOtherMode: true,
    });
  });

  it('is not what an answer says to a question that was asked before the newest', async () => {
    await switchTo('live');
    const { accountId: id } = holder;
    await seeAccountMode(holder.seed.db, { id, mode: 'analyze', askedAgoMs: 60_000 });
    expect(await mode()).toMatchObject([{ mode: 'live' }]);
    await seeAccountMode(holder.seed.db, { id, mode: 'analyze', askedAgoMs: 0 });
    expect(await mode()).toMatchObject([{ mode: 'analyze' }]);
  });
});
