import { Writable } from 'node:stream';
import { clockOffsetMs } from '@orderlane/db/clock-offset';
import { clockCompared } from '@orderlane/runtime/events';
import { createLogger } from '@orderlane/runtime/log';
import { expect, it } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';

it("a process on the database's own machine has its time", async () => {
  await using parts = await freshParts();
  expect(Math.abs(await clockOffsetMs(parts.db))).toBeLessThan(1000);
});

it.each([
  [400, ''],
  [2000, '2000 ms ahead of'],
  [-2000, '2000 ms behind'],
])('%i ms apart says "%s"', (offsetMs, text) => {
  let written = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  clockCompared(createLogger({ service: 'ingress', destination }), { offsetMs });
  if (text === '') expect(written).toBe('');
  else expect(written).toContain(text);
});
