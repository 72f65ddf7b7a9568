import type { FaultKind } from '@orderlane/simulator/faults/fault';
import { fillsOf } from '../follow.ts';
import {
  approve,
  cancelByHand,
  closeByHand,
  fillByHand,
  isSessionDead,
  resting,
  untilAsked,
} from './by-hand.ts';
import { absentAfterMs, entry, type FaultCase, unread, untilSo } from './fault-case.ts';

const filled = { outcome: 'filled', executed: 1 } as const;
const found = { ...filled, alert: 'indeterminate' } as const;
const neverThere = { outcome: 'absent', executed: 0, alert: 'absent' } as const;
const exit = { role: 'exit' } as const;

/**
 * What each fault of the simulator must lead to. A fault without a line here fails the test, and the
 * compiler before it.
 */
export const faultCases: Readonly<Record<FaultKind, readonly FaultCase[]>> = {
  delay: [entry({ kind: 'delay', ms: 400 }, filled)],
  hang: [entry({ kind: 'hang' }, neverThere)],
  hang_then_execute: [
    entry({ kind: 'hang_then_execute', ms: 2000 }, found),
    {
      name: 'so late that it was called absent is found all the same',
      ...filled,
      alert: 'absent',
      async play(stage) {
        const { symbol } = stage;
        stage.fault({ kind: 'hang_then_execute', ms: 3 * absentAfterMs, times: 1, symbol });
        const id = await stage.send();
        await stage.until(id, 'absent');
        return id;
      },
    },
  ],
  reset_before: [entry({ kind: 'reset_before' }, neverThere)],
  reset_after: [entry({ kind: 'reset_after' }, found)],
  close_without_answer: [
    entry({ kind: 'close_without_answer' }, neverThere),
    entry({ kind: 'close_without_answer', executed: true }, found, 'executed'),
  ],
  error_500_before: [entry({ kind: 'error_500_before' }, neverThere)],
  error_500_after: [entry({ kind: 'error_500_after' }, found)],
  created_201: [entry({ kind: 'created_201' }, found)],
  openalgo_429: [entry({ kind: 'openalgo_429' }, filled)],
  broker_429: [entry({ kind: 'broker_429' }, filled)],
  broker_refusal: [
    entry(
      { kind: 'broker_refusal' },
      { outcome: 'rejected', executed: 0, alert: 'rejected', mode: 'live' },
    ),
  ],
  null_order_id: [
    entry({ kind: 'null_order_id' }, neverThere),
    entry({ kind: 'null_order_id', executed: true }, found, 'executed'),
  ],
  invalid_key: [
    {
      name: 'the order waits until the session is back',
      ...filled,
      async play(stage) {
        stage.fault({ kind: 'invalid_key', symbol: stage.symbol, times: 1 });
        const pings = stage.fault({ kind: 'invalid_key', endpoints: ['ping'] });
        const id = await stage.send();
        await untilSo('the session is dead', async () => await isSessionDead(stage));
        await stage.until(id, 'queued');
        stage.mend(pings);
        return id;
      },
    },
  ],
  semi_auto: [
    entry(
      { kind: 'semi_auto' },
      { outcome: 'awaiting_approval', executed: 0, alert: 'awaiting_approval', mode: 'live' },
    ),
    {
      name: 'approved by a person: which row it is, is a question for one',
      outcome: 'awaiting_approval',
      executed: 1,
      alert: 'indeterminate',
      async play(stage) {
        stage.fault({ kind: 'semi_auto', times: 1, symbol: stage.symbol });
        const id = await stage.send();
        await stage.until(id, 'awaiting_approval');
        approve(stage);
        await untilAsked(stage, id);
        return id;
      },
    },
  ],
  html: [
    entry({ kind: 'html' }, neverThere),
    entry({ kind: 'html', executed: true }, found, 'executed'),
  ],
  mode_switched: [
    {
      name: 'the order keeps the mode of its answer and is followed in the book of that mode',
      ...filled,
      mode: 'analyze',
      async play(stage) {
        stage.fault({ kind: 'mode_switched', to: 'analyze', symbol: stage.symbol, times: 1 });
        // Delivery: the sandbox takes intraday orders at some times of the day only.
        const { symbol } = stage;
        return await stage.send({ instrument: { exchange: 'NSE', symbol, product: 'CNC' } });
      },
    },
  ],
  empty_book: [unread({ kind: 'empty_book' })],
  book_error: [unread({ kind: 'book_error' })],
  order_book_lag: [
    unread({ kind: 'order_book_lag', ms: 3_600_000 }),
    {
      name: 'a row that comes late is found all the same',
      ...found,
      async play(stage) {
        stage.fault({ kind: 'order_book_lag', ms: 1000, endpoints: ['orderbook'] });
        stage.fault({ kind: 'reset_after', times: 1, symbol: stage.symbol });
        return await stage.send();
      },
    },
  ],
  inherited_status: [
    {
      name: 'the status of the row before is not believed',
      ...filled,
      async play(stage) {
        stage.fault({ kind: 'reject_late', ms: 0, times: 1, symbol: stage.symbol });
        await stage.until(await stage.send(), 'rejected');
        stage.fault({ kind: 'inherited_status' });
        stage.fault({ kind: 'fill_late', ms: 3000, times: 1, symbol: stage.symbol });
        return await stage.send();
      },
    },
  ],
  position_read_zero: [
    {
      name: 'an exit that finds nothing asks again while the order book shows a position',
      ...filled,
      async play(stage) {
        await stage.until(await stage.send(), 'filled');
        stage.fault({ kind: 'position_read_zero', times: 1, symbol: stage.symbol });
        return await stage.send(exit);
      },
    },
  ],
  position_cache: [
    {
      name: 'an exit that finds an old position asks again',
      ...filled,
      async play(stage) {
        stage.fault({ kind: 'position_cache', ms: 3000, symbol: stage.symbol });
        await closeByHand(stage);
        await stage.until(await stage.send(), 'filled');
        return await stage.send(exit);
      },
    },
  ],
  rest: [
    {
      name: 'an order that rests is accepted, not filled, until somebody cancels it',
      outcome: 'cancelled',
      executed: 1,
      alert: 'cancelled',
      async play(stage) {
        const id = await resting(stage);
        await cancelByHand(stage);
        return id;
      },
    },
  ],
  fill_late: [entry({ kind: 'fill_late', ms: 1500 }, filled)],
  fill_part: [
    entry({ kind: 'fill_part', share: 0.4, restMs: 1500 }, filled),
    {
      name: 'the rest of which is cancelled keeps what filled',
      outcome: 'cancelled',
      executed: 1,
      alert: 'cancelled',
      filled: 4,
      async play(stage) {
        stage.fault({ kind: 'fill_part', share: 0.4, times: 1, symbol: stage.symbol });
        const id = await stage.send();
        await untilSo('a part filled', async () => (await fillsOf(stage.stack, id)).filled === 4);
        await stage.until(id, 'accepted');
        await cancelByHand(stage);
        return id;
      },
    },
  ],
  reject_late: [
    entry(
      { kind: 'reject_late', ms: 700 },
      { outcome: 'rejected', executed: 1, alert: 'rejected' },
    ),
  ],
  cancel_refused: [
    {
      name: 'an order whose cancel was refused still fills',
      ...filled,
      async play(stage) {
        const id = await resting(stage);
        stage.fault({ kind: 'cancel_refused', times: 1 });
        await cancelByHand(stage);
        fillByHand(stage);
        return id;
      },
    },
  ],
  cancel_crosses_fill: [
    {
      name: 'an order that filled while it was cancelled is filled, whatever the cancel was told',
      ...filled,
      async play(stage) {
        const id = await resting(stage);
        stage.fault({ kind: 'cancel_crosses_fill', answer: 'success', times: 1 });
        await cancelByHand(stage);
        return id;
      },
    },
  ],
};
