import { brandIds } from '@orderlane/domain/ids';
import { priorities } from '@orderlane/domain/lane';
import { beforeEach, expect, it } from 'vitest';
import { createGatePlaces, type GatePlaces } from './gate-places.ts';

const account = brandIds.account(1);
const entry = { lane: 'regular', priority: priorities.entry } as const;
const exit = { lane: 'regular', priority: priorities.exit } as const;

let places: GatePlaces;
let asking: string[];
let leave: (() => void)[];

beforeEach(() => {
  places = createGatePlaces();
  asking = [];
  leave = [];
});

/** Takes a place and stays there until it is told to leave. */
async function wait(
  name: string,
  order: Parameters<GatePlaces['take']>[1],
  of = account,
): Promise<void> {
  await places.take(of, order, async () => {
    asking.push(name);
    await new Promise<void>((resolve) => leave.push(resolve));
  });
}

const turn = async () => await new Promise(setImmediate);

it('four ask at a time, the others in the order in which they came', async () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map(async (name) => await wait(name, entry));
  await turn();
  expect(asking).toEqual(['a', 'b', 'c', 'd']);
  leave[2]?.();
  await turn();
  expect(asking).toEqual(['a', 'b', 'c', 'd', 'e']);
  for (let at = 0; at < all.length; at++) {
    leave[at]?.();
    await turn();
  }
  await Promise.all(all);
  expect(asking).toHaveLength(6);
});

it('entries that wait hold up no exit, no other lane and no other account', async () => {
  for (let at = 0; at < 20; at++) void wait(`entry ${at}`, entry);
  void wait('exit', exit);
  void wait('smart', { ...entry, lane: 'smart' });
  void wait('other', entry, brandIds.account(2));
  await turn();
  expect(asking.slice(4)).toEqual(['exit', 'smart', 'other']);
});

it('who fails leaves its place', async () => {
  const failing = Array.from({ length: 4 }, async () => {
    await places.take(account, entry, async () => await Promise.reject(new Error('away')));
  });
  await Promise.allSettled(failing);
  for (let at = 0; at < 5; at++) void wait(`${at}`, entry);
  await turn();
  expect(asking).toHaveLength(4);
});
