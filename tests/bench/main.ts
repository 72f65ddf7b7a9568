import { writeFile } from 'node:fs/promises';
import { readOrExit } from '../support/read-or-exit.ts';
import { readBenchOptions, usage } from './options.ts';
import { describeMachine, printFigures, type ScenarioFigures } from './report.ts';
import type { Yardsticks } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const options = readOrExit(readBenchOptions, { usage, args: process.argv.slice(2) });
const yardsticks: Yardsticks = {};
const done: ScenarioFigures[] = [];
for (const scenario of scenarios) {
  if (options.only !== undefined && !options.only.includes(scenario.name)) continue;
  process.stderr.write(`${scenario.name} …\n`);
  done.push({ scenario: scenario.name, figures: await scenario.run(yardsticks) });
}
process.stdout.write(`${printFigures(done)}\n`);
const report = { at: new Date().toISOString(), machine: describeMachine(), scenarios: done };
await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`Written to ${options.out}\n`);
