import { expect, it, vi } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { checkModel } from './check-model.ts';
import { readModelConfig } from './config.ts';
import { findPositionViolations } from './invariants/position-violations.ts';
import { runPositions } from './positions/run-positions.ts';
import { positionScenarios } from './positions/script.ts';

const config = readModelConfig();
vi.setConfig({ testTimeout: config.seconds * 1000 + 60_000 });

it('positions and closings keep every rule with 8 sending and 8 claiming clients at once', async () => {
  await using parts = await freshParts();
  const { violations, seed } = await checkModel(
    parts.databaseUrl,
    {
      scenarios: positionScenarios,
      play: async (db, scenario) => await findPositionViolations(await runPositions(db, scenario)),
    },
    config,
  );
  expect(violations, `MODEL_SEED=${seed}`).toEqual([]);
});
