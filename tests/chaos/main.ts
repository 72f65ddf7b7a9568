import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOrExit } from '../support/read-or-exit.ts';
import { readOptions, usage } from './options.ts';
import { printRecoveries, printSummary } from './report/print-summary.ts';
import { summarize } from './report/summarize.ts';
import { clock, tellStory } from './report/tell-story.ts';
import { runChaos } from './run-chaos.ts';
import { createTimeline } from './timeline.ts';

const mostStories = 10;
const say = (text: string) => void process.stdout.write(`${text}\n`);

const options = readOrExit(readOptions, { usage, args: process.argv.slice(2) });
const folder = options.out ?? (await mkdtemp(path.join(tmpdir(), 'orderlane-chaos-')));
const logFolder = path.join(folder, 'logs');
await mkdir(logFolder, { recursive: true });
const hurry = new AbortController();
process.once('SIGINT', () => hurry.abort());

say(`Seed ${options.seed}; report, evidence and logs in ${folder}`);
const timeline = createTimeline(({ at, text }) => say(`${clock(at)}  ${text}`));
const evidence = await runChaos({ options, timeline, logFolder, hurry: hurry.signal });
const summary = summarize(evidence);
await write('report.json', { options, ...summary });
await write('evidence.json', evidence);
for (const violation of summary.violations.slice(0, mostStories)) {
  say(`\n${tellStory(evidence, violation)}`);
}
say(`\nSlowest recoveries:\n${printRecoveries(summary)}\n\n${printSummary(summary, options)}`);
say(
  `  Again: npm run chaos -- --minutes ${options.forMs / 60_000} --seed ${options.seed} --divide ${options.divide}`,
);
process.exitCode = summary.passed ? 0 : 1;

async function write(name: string, content: unknown): Promise<void> {
  await writeFile(path.join(folder, name), JSON.stringify(content, null, 1));
}
