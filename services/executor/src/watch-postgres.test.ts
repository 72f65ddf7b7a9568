import { once } from 'node:events';
import { expect, it } from 'vitest';
import { watchPostgres } from './watch-postgres.ts';

/** A Postgres that leaves so many questions open and answers the next, over and over. */
function open(unanswered: number) {
  const heard = new EventTarget();
  const told: boolean[] = [];
  let asked = 0;
  const watch = watchPostgres({
    askEveryMs: 1,
    ping: async () => {
      asked += 1;
      if (asked % (unanswered + 1) !== 0) await new Promise(() => undefined);
      queueMicrotask(() => heard.dispatchEvent(new Event('answered')));
    },
    onChange: (isAway) => told.push(isAway),
  });
  return { watch, told, answered: async () => await once(heard, 'answered') };
}

it('a few questions without an answer are no outage', async () => {
  const { watch, told, answered } = open(7);
  using _watch = watch;
  for (let round = 0; round < 3; round++) await answered();
  expect(told).toEqual([]);
});

it('many are one, until a question is answered', async () => {
  const { watch, told, answered } = open(8);
  using _watch = watch;
  await answered();
  expect(told).toEqual([true, false]);
  expect(watch.isAway()).toBe(false);
});
