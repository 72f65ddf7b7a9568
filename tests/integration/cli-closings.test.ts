import { raiseAlert } from '@orderlane/db/alerts';
import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { recordPreflight } from '@orderlane/db/preflights';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFirst, claimNow } from '../support/claims.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { fillNew } from '../support/positions.ts';

let holder: Holder;

// 10 SBIN are held.
beforeEach(async () => {
  holder = await openHolder({
    is_intraday: true,
    start_time: '09:20',
    end_time: '14:00',
    squareoff_time: '15:10',
  });
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const db = () => holder.seed.db;

async function tell(code: 'exit_stuck' | 'square_off_late' | 'account_paused', subject: string) {
  const { strategyId } = holder;
  await raiseAlert(db(), { code, subject, strategyId, text: `about ${subject}` });
}

/** As if this target had taken every alert of the code. */
async function deliver(code: 'exit_stuck' | 'square_off_late', target: string): Promise<void> {
  const rows = await db().selectFrom('alerts').select('id').where('code', '=', code).execute();
  const sent = rows.map(({ id: alert_id }) => ({ alert_id, target, sent_at: new Date() }));
  await db().insertInto('alert_deliveries').values(sent).execute();
}

it('closings: the open ones first, with their tries, why, and who was told', async () => {
  const infy = { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } as const;
  await fillNew(holder.seed, { instrument: infy });
  await holder.cli.json(['exit', 'Holder', 'SBIN']);
  const [order] = await db()
    .selectFrom('orders')
    .select(['id', 'closing_id'])
    .where('role', '=', 'exit')
    .execute();
  if (order === undefined) throw new Error('no exit');
  await claimNow(db(), { orderId: order.id });
  const outcome = {
    kind: 'rejected',
    brokerOrderId: null,
    reason: 'RMS: margin',
    mode: 'analyze',
  } as const;
  await answerFirst(db(), { orderId: order.id, outcome });
  await holder.cli.json(['exit', 'Holder', 'INFY']);
  const newest = db().updateTable('closings').where('id', '<>', order.closing_id);
  await newest.set({ status: 'verified', ended_at: new Date() }).execute();
  await tell('exit_stuck', `Holder NSE:SBIN:MIS ${order.closing_id}`);
  await deliver('exit_stuck', 'telegram');

  expect(await holder.cli.json(['closings'])).toMatchObject([
    {
      ...{ id: order.closing_id, strategy: 'Holder', symbol: 'SBIN', status: 'open' },
      ...{ cause: 'person', scope: 'strategy', target: 0, attempts: 1, reason: 'RMS: margin' },
      told: [{ code: 'exit_stuck', sent_to: ['telegram'] }],
    },
    { symbol: 'INFY', status: 'verified', attempts: 0, reason: null, told: [] },
  ]);
  const { stdout } = await holder.cli.run(['closings', '--strategy', 'Holder']);
  expect(stdout).toMatch(/OPENED +STRATEGY +INSTRUMENT +STATUS +SENT +WHY +TOLD/);
  expect(stdout).toMatch(/open +1 +RMS: ma\S* +exit_st/);
  expect(await holder.cli.json(['closings', '--limit', '1'])).toHaveLength(1);
});

it('square-offs: those under way first, with what was found and told', async () => {
  const { strategyId } = holder;
  const due = { strategyId, dueTime: '15:10', detail: null };
  const preflight = { strategyId, sessionDate: '2026-02-10', dueTime: '15:10' };
  await recordPreflight(db(), { preflight, found: ['halted'] });
  await openSquareOffs(db(), [{ ...due, sessionDate: '2026-02-10', status: 'working' }]);
  await tell('square_off_late', 'Holder 2026-02-10');
  await tell('account_paused', 'Holder');
  await openSquareOffs(db(), [{ ...due, sessionDate: '2026-02-11', status: 'missed' }]);
  await deliver('square_off_late', 'webhook');

  expect(await holder.cli.json(['square-offs'])).toMatchObject([
    {
      ...{ session_date: '2026-02-10', status: 'working', exits: 0, closings_open: 0 },
      preflight: ['halted'],
      told: [
        { code: 'square_off_late', sent_to: ['webhook'] },
        { code: 'account_paused', sent_to: [] },
      ],
    },
    { session_date: '2026-02-11', status: 'missed', preflight: null, told: [] },
  ]);
  const { stdout } = await holder.cli.run(['square-offs']);
  expect(stdout).toMatch(/^DATE +DUE +STRATEGY +STATUS +EXITS +OPEN +FAILED +DETAIL +TOLD/);
  expect(stdout).toMatch(/2026-02-10 +15:10 +Holder +working/);
});

it('nothing yet, and a strategy that is not there', async () => {
  expect((await holder.cli.run(['closings'])).stdout).toBe('No closings yet\n');
  expect((await holder.cli.run(['square-offs'])).stdout).toBe('No square-offs yet\n');
  for (const list of ['closings', 'square-offs']) {
    const { stderr } = await holder.cli.run([list, '--strategy', 'Nobody']);
    expect(stderr).toMatch(/^error unknown_strategy/);
  }
});
