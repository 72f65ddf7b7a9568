import type { Lane } from '@orderlane/domain/lane';
import type { Outcome } from '@orderlane/domain/outcome';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify } from './classify.ts';

const anyLane = fc.constantFrom<Lane>('regular', 'smart');
const anyField = fc.oneof(
  fc.constantFrom('success', 'error', 'semi_auto', 'analyze', 'No OpenPosition Found', null),
  fc.jsonValue(),
);
const anyPlaceAnswer = fc
  .record(
    { status: anyField, message: anyField, orderid: anyField, mode: anyField },
    { requiredKeys: [] },
  )
  .map((body) => JSON.stringify(body));
const anyBody = fc.oneof(fc.string(), fc.json(), anyPlaceAnswer);

function outcomeOf(lane: Lane, httpStatus: number, body: string): Outcome {
  return classify(lane, { kind: 'answered', httpStatus, body });
}

test('no answer makes it throw, and accepted always has an order id', () => {
  fc.assert(
    fc.property(anyLane, fc.integer({ min: 100, max: 599 }), anyBody, (...answer) => {
      const outcome = outcomeOf(...answer);
      if (outcome.kind === 'accepted') expect(outcome.brokerOrderId).toMatch(/\S/);
    }),
  );
});

test('a regular order answered with 5xx is never taken for one that may be sent again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 599 }), anyBody, (httpStatus, body) => {
      expect(outcomeOf('regular', httpStatus, body).kind).toBe('indeterminate');
    }),
  );
});

test('only 403 and 429 are taken for surely not sent', () => {
  const otherStatus = fc.integer({ min: 100, max: 599 }).filter((s) => s !== 403 && s !== 429);
  fc.assert(
    fc.property(anyLane, otherStatus, anyBody, (...answer) => {
      expect(outcomeOf(...answer).kind).not.toBe('not_sent');
    }),
  );
});
