import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { storeSignal } from '@orderlane/db/store-signal';
import { expect, it } from 'vitest';
import { makeSignal, seedStrategy } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

it('a signal that was decided before a square-off opened is decided again', async () => {
  const parts = await freshParts();
  const seed = await seedStrategy(parts.db);
  const { strategyId } = seed;
  const date = { sessionDate: '2026-02-10', dueTime: '15:15' };
  await openSquareOffs(parts.db, [{ strategyId, ...date, status: 'working', detail: null }]);
  expect(await storeSignal(parts.db, makeSignal(seed, { strategyVersion: 1 }))).toEqual({
    kind: 'moved_on',
  });
  await parts.dispose();
});
