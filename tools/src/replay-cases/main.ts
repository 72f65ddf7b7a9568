import { readCases } from './case-file.ts';
import { differences } from './compare.ts';
import { instantOf, playCase } from './play.ts';
import { seedCase } from './seed.ts';
import { openStage } from './stage.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node tools/replay-cases.ts FILE\n');
  process.exitCode = 2;
} else {
  process.exitCode = (await replay(file)) === 0 ? 0 : 1;
}

/** Plays every case through a real ingress; returns how many failed. */
async function replay(path: string): Promise<number> {
  const cases = await readCases(path);
  await using stage = await openStage();
  let failed = 0;
  for (const played of cases) {
    stage.setNow(instantOf(played.now_ist));
    const webhookId = await seedCase(stage.db, played);
    const found = differences(played.expect, await playCase(stage, { webhookId, played }));
    if (found.length === 0) continue;
    failed += 1;
    process.stdout.write(`FAILED ${played.name}\n${found.map((line) => `  ${line}\n`).join('')}`);
  }
  process.stdout.write(`${cases.length - failed} passed, ${failed} failed\n`);
  return failed;
}
