import { expect, it } from 'vitest';
import { clientOrderId, orderOfClientId } from './client-order-id.ts';
import { brandIds } from './ids.ts';

const id = brandIds.order('0198c6f1-7a2b-7c3d-8e4f-5a6b7c8d9e0f');

it('is short, plain and different for each attempt', () => {
  expect(clientOrderId(id, 1)).toBe('0198c6f17a2b7c3d8e4f5a6b7c8d9e0f-1');
  expect(clientOrderId(id, 12)).toMatch(/^[0-9a-f-]{1,36}$/);
});

it.each([1, 12, 999])('names its order, whichever attempt it was: %i', (attempt) => {
  expect(orderOfClientId(clientOrderId(id, attempt))).toBe(id);
  expect(orderOfClientId(` ${clientOrderId(id, attempt).toUpperCase()} `)).toBe(id);
});

it.each(['', 'mine-1', id, '0198c6f17a2b7c3d8e4f5a6b7c8d9e0f', `${clientOrderId(id, 1)}x`])(
  '"%s" is none of ours',
  (text) => {
    expect(orderOfClientId(text)).toBeNull();
  },
);
