import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchSystem } from '../bench-system.ts';
import { residentMiB } from '../measure/processor-time.ts';
import { measureUse } from '../measure/use.ts';
import type { Figure, Scenario } from '../scenario.ts';

const idleMs = 10_000;

/** What each process costs with nothing to do. */
export const footprint: Scenario = {
  name: 'footprint',
  async run() {
    await using system = await startBenchSystem();
    const figures: Figure[] = [];
    for (const service of ['ingress', 'executor', 'scheduler'] as const) {
      const startedAt = performance.now();
      await system.start(service);
      figures.push({
        name: `${service}, ready after`,
        value: performance.now() - startedAt,
        unit: 'ms',
      });
    }
    // Starting is over.
    await sleep(5000);
    const { use } = await measureUse(system, async () => await sleep(idleMs));
    for (const [name, pid] of system.pids) {
      figures.push(
        { name: `${name}, memory`, value: await residentMiB(pid), unit: 'MiB' },
        { name: `${name}, idle`, value: use.cores[name] ?? Number.NaN, unit: 'cores' },
      );
    }
    return [
      ...figures,
      { name: 'idle, Redis commands', value: use.redisCommandsPerS, unit: '/s' },
      { name: 'idle, commits', value: use.commitsPerS, unit: '/s' },
    ];
  },
};
