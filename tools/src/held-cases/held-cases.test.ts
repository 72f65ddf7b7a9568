import { describe, expect, it } from 'vitest';
import { readHeldCases } from './case-file.ts';
import { playHeldCase } from './play-held-case.ts';

const file = new URL('../../../tests/golden/held-cases.json', import.meta.url);
const cases = await readHeldCases(file);

describe('a decision about what is held is what the design says', () => {
  it.each(cases)('$name', (one) => {
    expect(playHeldCase(one)).toEqual(one.expect);
  });
});

it('the cases have names of their own, and there are enough of them', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(60);
});
