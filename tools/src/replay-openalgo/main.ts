import { readRecording } from './recording.ts';
import { replay } from './replay.ts';

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('usage: node tools/replay-openalgo.ts FILE\n');
  process.exitCode = 2;
} else {
  const results = await replay(await readRecording(path));
  for (const [index, { name, differences }] of results.entries()) {
    if (differences.length === 0) continue;
    process.stdout.write(`FAILED ${index + 1} ${name}\n`);
    for (const difference of differences) process.stdout.write(`  ${difference}\n`);
  }
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
