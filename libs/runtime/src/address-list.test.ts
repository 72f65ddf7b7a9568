import { expect, test } from 'vitest';
import { parseAddressList } from './address-list.ts';

test('addresses and networks of both kinds', () => {
  const list = parseAddressList(['10.0.0.0/8', ' 52.89.214.238', 'fd00::/8', '2001:db8::1', '']);
  for (const inside of ['10.1.2.3', '::ffff:10.1.2.3', '52.89.214.238', 'fd12::1', '2001:db8::1']) {
    expect([inside, list?.has(inside)]).toEqual([inside, true]);
  }
  for (const outside of ['11.0.0.1', '52.89.214.239', 'fe80::1', '2001:db8::2', '', 'localhost']) {
    expect([outside, list?.has(outside)]).toEqual([outside, false]);
  }
  expect(list?.texts).toEqual(['10.0.0.0/8', '52.89.214.238', 'fd00::/8', '2001:db8::1']);
});

test.each(['localhost', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/', 'fd00::/129', '1'])(
  '%s is none',
  (text) => {
    expect(parseAddressList([text])).toBeUndefined();
  },
);
