import type { PositionWorld } from '../positions/world.ts';
import { closingsAreTrue } from './closings-are-true.ts';
import { closingsEnd } from './closings-end.ts';
import { exitsOnlyClose } from './exits-only-close.ts';
import { ownIsWhatFilled } from './own-is-what-filled.ts';
import { readPositionHistory } from './position-history.ts';
import { applyRules, rulesOfAll } from './violations.ts';

/** The same for a run with positions and closings. */
export async function findPositionViolations(world: PositionWorld): Promise<string[]> {
  const rules = { ...rulesOfAll, ownIsWhatFilled, exitsOnlyClose, closingsAreTrue, closingsEnd };
  return applyRules(rules, await readPositionHistory(world));
}
