import { globSync, readFileSync } from 'node:fs';
import { eventNames } from '@orderlane/runtime/event-names';
import { expect, test } from 'vitest';

const sources = globSync('{libs,services}/*/src/**/*.ts')
  .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('event-names.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** `event: 'a_name'` of a line, and `'a_name', text` of the functions that say it. */
const written = [
  ...sources.matchAll(/\bevent: '([a-z_]+)'|\blog\.[a-z]+\(\s*\{ event: '([a-z_]+)'/g),
]
  .map(([, name, other]) => name ?? other ?? '')
  .filter((name) => name.includes('_'));

test('every name that a line is written with is in the vocabulary', () => {
  expect(written.length).toBeGreaterThan(30);
  expect(written.filter((name) => !eventNames.some((known) => known === name))).toEqual([]);
});

test('every name of the vocabulary is written somewhere, once, and in order', () => {
  const ends = /_(failed|works|deleted)$/;
  const isWritten = (name: string) => sources.includes(`'${name}'`) || ends.test(name);
  expect(eventNames.filter((name) => !isWritten(name))).toEqual([]);
  expect([...new Set(eventNames)].toSorted()).toEqual(eventNames);
});

test('no line is written without a name', () => {
  const nameless = [...sources.matchAll(/\blog\.(?:debug|info|warn|error|fatal)\(\s*['"`]/g)];
  expect(nameless.map(([start]) => start)).toEqual([]);
});

test('every function that says an event has a caller', () => {
  const path = 'libs/runtime/src/events.ts';
  const functions = [...readFileSync(path, 'utf8').matchAll(/export function (\w+)\(/g)];
  expect(functions.length).toBeGreaterThan(20);
  const unused = functions.flatMap(([, name = '']) => (sources.includes(`.${name}(`) ? [] : name));
  expect(unused).toEqual([]);
});
