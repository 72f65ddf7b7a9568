import { expect, it, vi } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { checkModel } from './check-model.ts';
import { runClients } from './clients/run-clients.ts';
import { scenarios } from './clients/script.ts';
import { readModelConfig } from './config.ts';
import { findViolations } from './invariants/violations.ts';

const config = readModelConfig();
vi.setConfig({ testTimeout: config.seconds * 1000 + 60_000 });

it('keeps every rule with 8 storing and 8 claiming clients at once', async () => {
  await using parts = await freshParts();
  const { violations, seed } = await checkModel(
    parts.databaseUrl,
    {
      scenarios,
      play: async (db, scenario) => await findViolations(await runClients(db, scenario)),
    },
    config,
  );
  expect(violations, `MODEL_SEED=${seed}`).toEqual([]);
});
