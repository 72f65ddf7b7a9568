import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ask, askSecret, readPiped } from './ask.ts';

function person(...typed: string[]) {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  for (const keys of typed) stdin.write(keys);
  const screen = async () => {
    stderr.end();
    return await text(stderr);
  };
  return { cli: { stdin, stderr }, screen };
}

test('a question is answered by a line', async () => {
  const { cli, screen } = person('  yes \r');
  expect(await ask(cli, 'Sure? ')).toBe('yes');
  expect(await screen()).toContain('Sure? ');
});

test('a secret is read, corrected, and never shown', async () => {
  const { cli, screen } = person('hidd', 'enX', '\u007f', '-key\r');
  expect(await askSecret(cli, 'Key: ')).toBe('hidden-key');
  const shown = await screen();
  expect(shown).toContain('Key: ');
  expect(shown).not.toMatch(/hidd|en|key\b/);
});

test('Ctrl-C ends it with nothing done', async () => {
  const { cli } = person('abc\u0003');
  await expect(askSecret(cli, 'Key: ')).rejects.toMatchObject({ code: 'cancelled' });
});

test.each([
  [['key\n'], 'key'],
  [['k', 'ey', '\r\n'], 'key'],
  [[], ''],
])('what is piped in is read whole: %j', async (chunks, expected) => {
  expect(await readPiped(Readable.from(chunks), 10)).toBe(expected);
});

test('more than may come is refused', async () => {
  await expect(readPiped(Readable.from(['x'.repeat(11)]), 10)).rejects.toMatchObject({
    code: 'input_too_long',
  });
});
