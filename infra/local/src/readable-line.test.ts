import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { readableLine } from './readable-line.ts';

const now = new Date(2026, 9, 5, 9, 20, 1);

function shown(line: string): string {
  return stripVTControlCharacters(readableLine('executor', line, now));
}

test('a log line becomes time, process and text', () => {
  const time = new Date(2026, 9, 5, 9, 15, 7).toISOString();
  const line = { time, level: 'info', service: 'ingress', event: 'x', msg: 'signal queued: SBIN' };
  expect(shown(JSON.stringify(line))).toBe('09:15:07  ingress    signal queued: SBIN');
});

test('a fault comes with its reason, once', () => {
  const line = { level: 'error', msg: 'a lane failed', err: { message: 'Connection is closed.' } };
  expect(shown(JSON.stringify(line))).toBe(
    '09:20:01  executor   a lane failed: Connection is closed.',
  );
  expect(shown(JSON.stringify({ ...line, msg: 'Connection is closed.' }))).toBe(
    '09:20:01  executor   Connection is closed.',
  );
});

test('what a stranger sent moves no cursor and looks like no line of ours', () => {
  const msg = 'signal refused: BUY \u001b[2J\r\u0007\u202ES\n09:15:08  executor   order accepted';
  const line = readableLine('ingress', JSON.stringify({ level: 'info', msg }), now);
  expect(stripVTControlCharacters(line)).toBe(
    '09:20:01  ingress    signal refused: BUY  [2J   S\n' +
      '                     09:15:08  executor   order accepted',
  );
});

test.each(['Segmentation fault', '{"half of a', ''])('"%s" stays as it is', (line) => {
  expect(shown(line)).toBe(`09:20:01  executor   ${line}`);
});
