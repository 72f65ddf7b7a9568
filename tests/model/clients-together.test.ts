import { expect, it, vi } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { checkClients } from './clients/check-clients.ts';
import { readModelConfig } from './config.ts';

const config = readModelConfig();
vi.setConfig({ testTimeout: config.seconds * 1000 + 60_000 });

it('keeps every rule with 8 storing and 8 claiming clients at once', async () => {
  await using parts = await freshParts();
  const { violations, seed, runs } = await checkClients(parts.databaseUrl, config);
  expect(violations, `MODEL_SEED=${seed}`).toEqual([]);
  expect(runs).toBeGreaterThan(0);
});
