import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chainOrigin, findChainFlaws, type Link } from './chain-flaws.ts';

interface Row {
  seq: number;
  text: string;
  prevHash: string;
  hash: string;
}

function hashOf({ prevHash, text }: Pick<Row, 'prevHash' | 'text'>, seq: number): string {
  return createHash('sha256')
    .update(JSON.stringify([prevHash, seq, text]))
    .digest('hex');
}

function chainOf(texts: string[]): Row[] {
  let prevHash = '';
  return texts.map((text, index) => {
    const row = { seq: index + 1, text, prevHash, hash: '' };
    row.hash = hashOf(row, row.seq);
    prevHash = row.hash;
    return row;
  });
}

const rows = chainOf(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
const head = { seq: 7, hash: rows.at(-1)?.hash ?? '' };

function flawsOf(found: readonly Row[]) {
  const links: Link[] = found
    .toSorted((left, right) => left.seq - right.seq)
    .map((row) => ({
      ...row,
      isWhole: hashOf(row, row.seq) === row.hash,
      hashAt: (seq) => hashOf(row, seq),
    }));
  return findChainFlaws(links, { start: chainOrigin, head });
}

function replace(seq: number, change: Partial<Row>): Row[] {
  return rows.map((row) => (row.seq === seq ? { ...row, ...change } : row));
}

const without = (...gone: number[]) => rows.filter(({ seq }) => !gone.includes(seq));

test('a chain that nobody touched has no flaw, nor has an empty one', () => {
  expect(flawsOf(rows)).toEqual([]);
  expect(findChainFlaws([], { start: chainOrigin, head: chainOrigin })).toEqual([]);
});

test('a changed row is named, and no other', () => {
  for (const { seq } of rows) {
    expect(flawsOf(replace(seq, { text: 'x' }))).toEqual([{ kind: 'changed', seq }]);
  }
});

test('a changed row whose hash was made anew is named', () => {
  for (const row of rows) {
    const forged = { ...row, text: 'x' };
    forged.hash = hashOf(forged, row.seq);
    expect(flawsOf(replace(row.seq, forged))).toEqual([{ kind: 'changed', seq: row.seq }]);
  }
});

test('a changed link back is a changed row', () => {
  for (const { seq } of rows) {
    expect(flawsOf(replace(seq, { prevHash: 'x' }))).toEqual([{ kind: 'changed', seq }]);
  }
});

test('removed rows are named: in the middle, at the beginning, at the end, all', () => {
  expect(flawsOf(without(4))).toEqual([{ kind: 'removed', seq: 4, upTo: 4 }]);
  expect(flawsOf(without(3, 4, 5))).toEqual([{ kind: 'removed', seq: 3, upTo: 5 }]);
  expect(flawsOf(without(1, 2))).toEqual([{ kind: 'removed', seq: 1, upTo: 2 }]);
  expect(flawsOf(without(6, 7))).toEqual([{ kind: 'removed', seq: 6, upTo: 7 }]);
  expect(flawsOf([])).toEqual([{ kind: 'removed', seq: 1, upTo: 7 }]);
  expect(flawsOf(without(2, 6))).toEqual([
    { kind: 'removed', seq: 2, upTo: 2 },
    { kind: 'removed', seq: 6, upTo: 6 },
  ]);
});

test('a row that was put in is named, also one that names a real row before it', () => {
  const forged = { seq: 8, text: 'x', prevHash: head.hash, hash: '' };
  forged.hash = hashOf(forged, 8);
  expect(flawsOf([...rows, forged])).toEqual([{ kind: 'inserted', seq: 8 }]);
  expect(flawsOf([...rows, { ...forged, seq: 0, prevHash: 'x' }])).toEqual([
    { kind: 'inserted', seq: 0 },
  ]);
});

test('rows in another order are named', () => {
  const [fourth, fifth] = [rows[3], rows[4]];
  if (fourth === undefined || fifth === undefined) throw new Error('no such rows');
  const swapped = [...without(4, 5), { ...fourth, seq: 5 }, { ...fifth, seq: 4 }];
  expect(flawsOf(swapped)).toEqual([
    { kind: 'moved', seq: 4, now: 5 },
    { kind: 'moved', seq: 5, now: 4 },
  ]);
});

test('one row changed and another removed are told apart', () => {
  const both = replace(5, { text: 'x' }).filter(({ seq }) => seq !== 3);
  expect(flawsOf(both)).toEqual([
    { kind: 'removed', seq: 3, upTo: 3 },
    { kind: 'changed', seq: 5 },
  ]);
});
