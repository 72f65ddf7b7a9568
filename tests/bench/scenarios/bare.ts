import { freePort } from '../../support/free-port.ts';
import { startProcess } from '../../support/start-process.ts';
import { runClosedLoop } from '../load/closed-loop.ts';
import type { Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

/** What the framework alone does with the same calls. */
export const bare: Scenario = {
  name: 'bare',
  async run(yardsticks) {
    const port = await freePort();
    const entry = 'tests/bench/bare-server.ts';
    await using server = await startProcess({
      ...{ name: 'bare', entry, port, args: [String(port)], env: {} },
    });
    const url = `${server.url}/echo`;
    const load = { url, connections: 64, seconds: 5, body: distinctSignal() };
    const { perS } = await runClosedLoop(load);
    yardsticks.bare = perS;
    return [{ name: 'echo, 64 connections', value: perS, unit: '/s' }];
  },
};
