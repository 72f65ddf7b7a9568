import type { Fault } from '@orderlane/simulator/faults/fault';
import { cancelResting, decidePending } from '../people.ts';
import { type ChaosFault, during, type FaultParts } from './fault.ts';

const LASTS_MS = 10_000;
/** An exit that rests is cancelled after ten seconds, and that must happen meanwhile. */
const LASTS_FOR_CLOSINGS_MS = 25_000;

/** What OpenAlgo and the brokers behind it do wrong, each for a while, to some of the calls. */
const faults: readonly (readonly [name: string, ...together: Fault[]])[] = [
  ['delay', { kind: 'delay', ms: 1500, jitterMs: 3000 }],
  ['hang', { kind: 'hang', times: 3 }],
  ['hang-then-execute', { kind: 'hang_then_execute', ms: 20_000, times: 6 }],
  ['reset-before', { kind: 'reset_before', probability: 0.4 }],
  ['reset-after', { kind: 'reset_after', probability: 0.4 }],
  ['close-before', { kind: 'close_without_answer', probability: 0.4 }],
  ['close-after', { kind: 'close_without_answer', executed: true, probability: 0.4 }],
  ['error-500-before', { kind: 'error_500_before', probability: 0.4 }],
  ['error-500-after', { kind: 'error_500_after', probability: 0.4 }],
  ['created-201', { kind: 'created_201', probability: 0.4 }],
  ['openalgo-429', { kind: 'openalgo_429', probability: 0.5 }],
  ['broker-429', { kind: 'broker_429', probability: 0.5 }],
  ['broker-refusal', { kind: 'broker_refusal', probability: 0.4 }],
  ['null-order-id', { kind: 'null_order_id', probability: 0.4 }],
  ['null-order-id-executed', { kind: 'null_order_id', executed: true, probability: 0.4 }],
  ['invalid-key', { kind: 'invalid_key', times: 2 }],
  ['semi-auto', { kind: 'semi_auto', probability: 0.3 }],
  ['html', { kind: 'html', probability: 0.4 }],
  ['html-executed', { kind: 'html', executed: true, probability: 0.4 }],
  ['mode-switched', { kind: 'mode_switched', to: 'analyze', times: 1 }],
  ['empty-book', { kind: 'empty_book', probability: 0.5 }],
  ['book-error', { kind: 'book_error', probability: 0.5 }],
  ['order-book-lag', { kind: 'order_book_lag', ms: 4000 }],
  ['inherited-status', { kind: 'inherited_status', probability: 0.5 }],
  ['position-read-zero', { kind: 'position_read_zero', probability: 0.4 }],
  ['position-cache', { kind: 'position_cache', ms: 3000 }],
  ['fill-late', { kind: 'fill_late', ms: 3000 }],
  ['fill-part', { kind: 'fill_part', share: 0.5, restMs: 3000 }],
  ['reject-late', { kind: 'reject_late', ms: 1000, probability: 0.4 }],
];

const rests: Fault = { kind: 'rest', probability: 0.5 };

/** What closings have to get past. */
const closingFaults: typeof faults = [
  ['rest', rests],
  ['rest-cancel-refused', rests, { kind: 'cancel_refused' }],
  ['rest-cancel-crosses-fill', rests, { kind: 'cancel_crosses_fill' }],
  ['rest-cancel-crosses-error', rests, { kind: 'cancel_crosses_fill', answer: 'error' }],
  ['fill-half', { kind: 'fill_part', share: 0.5, probability: 0.6 }],
  ['fill-when-cancelled', { kind: 'fill_late', ms: 10_500, probability: 0.6 }],
  ['empty-books', { kind: 'empty_book' }, { kind: 'position_read_zero' }],
];

function faultFor(ms: number) {
  return ([name, ...together]: (typeof faults)[number]): ChaosFault => ({
    name: `openalgo-${name}`,
    async run(parts, random) {
      const { simulator } = parts.ground;
      const seed = random.between(1, 1_000_000);
      parts.timeline.add('fault', `openalgo-${name} begins`);
      const curedAt = await during(parts, {
        ms,
        breakIt: async () =>
          await simulator.setFaults(...together.map((fault) => ({ ...fault, seed }))),
        mend: async () => await mendOpenalgo(parts),
      });
      parts.timeline.add('fault', `openalgo-${name} is over`);
      return curedAt;
    },
  });
}

export const openalgoFaults: readonly ChaosFault[] = [
  ...faults.map(faultFor(LASTS_MS)),
  ...closingFaults.map(faultFor(LASTS_FOR_CLOSINGS_MS)),
];

/** Takes the faults back, and does what people would do at their OpenAlgo. */
export async function mendOpenalgo(parts: FaultParts): Promise<void> {
  const { ground, apiKeys } = parts;
  await ground.simulator.control('DELETE faults');
  for (const apikey of apiKeys) {
    await ground.simulator.control('POST account', { apikey, mode: 'live', semiAuto: false });
  }
  await decidePending(parts);
  await cancelResting(parts);
}
