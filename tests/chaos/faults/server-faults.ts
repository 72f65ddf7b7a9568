import { type ChaosFault, during, type FaultParts } from './fault.ts';
import { mendOpenalgo } from './openalgo-faults.ts';

/** Long enough for a scheduler to ask, and for orders to go with an id of ours. */
const LASTS_MS = 25_000;

/** An OpenAlgo that takes `client_order_id`, and an answer of it that is lost now and then. */
const newer: ChaosFault = {
  name: 'openalgo-newer',
  async run(parts) {
    parts.timeline.add('fault', 'openalgo is exchanged for a newer one');
    const curedAt = await during(parts, {
      ms: LASTS_MS,
      breakIt: async () => {
        await exchange(parts, true);
        await parts.ground.simulator.setFaults({ kind: 'reset_after', probability: 0.2 });
      },
      // The orders that go with an id then are refused for it, and go again without.
      mend: async () => {
        await mendOpenalgo(parts);
        await exchange(parts, false);
      },
    });
    parts.timeline.add('fault', 'openalgo is exchanged for the old one');
    return curedAt;
  },
};

async function exchange({ ground }: FaultParts, clientOrderIds: boolean): Promise<void> {
  await ground.simulator.control('POST features', { clientOrderIds });
}

export const serverFaults: readonly ChaosFault[] = [newer];
