import { expect, it } from 'vitest';
import { watchStore } from './watch-store.ts';

function watchTelling(ping: () => Promise<unknown>, timeoutMs = 1000) {
  const told: string[] = [];
  const watch = watchStore({
    ping,
    timeoutMs,
    failuresToTell: 3,
    now: () => new Date(0),
    onAway: () => told.push('away'),
    onBack: () => told.push('back'),
  });
  return { watch, told };
}

it('a store that fails once or twice is no news', async () => {
  const answers = [false, false, true, false, true];
  const { watch, told } = watchTelling(async () => {
    if (answers.shift() !== true) throw new Error('away');
    await Promise.resolve();
  });
  for (const _answer of [...answers]) await watch.look();
  expect(told).toEqual([]);
});

it('an outage is told once, and its end', async () => {
  let isThere = false;
  const { watch, told } = watchTelling(async () => {
    if (!isThere) throw new Error('away');
    await Promise.resolve();
  });
  for (let look = 0; look < 10; look++) await watch.look();
  expect(told).toEqual(['away']);
  isThere = true;
  await watch.look();
  await watch.look();
  expect(told).toEqual(['away', 'back']);
});

it('a ping that hangs counts as failed and is not joined by another', async () => {
  let pings = 0;
  const { watch, told } = watchTelling(async () => {
    pings += 1;
    await new Promise(() => undefined);
  }, 1);
  for (let look = 0; look < 4; look++) await watch.look();
  expect({ pings, told }).toEqual({ pings: 1, told: ['away'] });
  expect(await watch.answers()).toBe(false);
});
