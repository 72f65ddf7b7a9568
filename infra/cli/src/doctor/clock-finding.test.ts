import { expect, test } from 'vitest';
import { clockFinding } from './clock-finding.ts';

const of = (offsetMs: number) =>
  clockFinding('database_clock', { whose: 'the database', offsetMs }, 1000);

test.each([0, 1000, -1000])('%d ms are by chance', (offsetMs) => {
  expect(of(offsetMs).level).toBe('well');
});

test.each([
  [1001, '1001 ms ahead of'],
  [-90_000, '90000 ms behind'],
])('%d ms are told, with the side', (offsetMs, text) => {
  expect(of(offsetMs)).toMatchObject({ level: 'wrong', text: expect.stringContaining(text) });
});
