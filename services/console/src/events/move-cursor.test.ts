import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorAt, passMoves, readCursor, showCursor } from './move-cursor.ts';

test('what is passed in order leaves nothing missing', () => {
  expect(passMoves({ upTo: 3, missing: [] }, [4, 5, 6])).toEqual({ upTo: 6, missing: [] });
  expect(passMoves({ upTo: 3, missing: [2] }, [])).toEqual({ upTo: 3, missing: [2] });
});

test('a number that is left out is missing until it comes', () => {
  const first = passMoves({ upTo: 3, missing: [] }, [5, 8]);
  expect(first).toEqual({ upTo: 8, missing: [4, 6, 7] });
  expect(passMoves(first, [6, 9])).toEqual({ upTo: 9, missing: [4, 7] });
  expect(passMoves(first, [4, 6, 7])).toEqual({ upTo: 8, missing: [] });
});

test('a gap without end does not grow the cursor', () => {
  const { upTo, missing } = passMoves({ upTo: 3, missing: [1] }, [1_000_000]);
  expect([upTo, missing.length, missing.at(-1)]).toEqual([1_000_000, 100, 999_999]);
  expect(readCursor(showCursor({ upTo, missing }))).toEqual({ upTo, missing });
});

test('an id is read as it was written', () => {
  expect(showCursor({ upTo: 105, missing: [101, 103] })).toBe('105.103.101');
  for (const none of ['', 'x', '-1', '1.', '.1', '1e3', '1.'.repeat(200), `${'9'.repeat(20)}`]) {
    expect([none, readCursor(none)]).toEqual([none, undefined]);
  }
});

test('whatever the order in which moves are committed, each is passed once', () => {
  const moves = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 60 });
  fc.assert(
    fc.property(moves, fc.array(fc.integer({ min: 1, max: 10 })), (committed, sizes) => {
      let cursor = { upTo: 0, missing: [] as readonly number[] };
      const left = [...committed];
      const seen: number[] = [];
      for (const size of [...sizes, left.length]) {
        const there = left.splice(0, size).toSorted((one, other) => one - other);
        seen.push(...there.filter((seq) => seq > cursor.upTo || cursor.missing.includes(seq)));
        cursor = passMoves(cursor, there);
      }
      expect(seen.toSorted((one, other) => one - other)).toEqual(
        committed.toSorted((one, other) => one - other),
      );
    }),
  );
});

test('whoever breaks off between two moves goes on behind the first', () => {
  const seen = { upTo: 10, missing: [6, 8, 9] };
  const until = { upTo: 14, missing: [9, 12] };
  expect([6, 8, 11, 13, 14].map((seq) => showCursor(cursorAt(seq, { seen, until })))).toEqual([
    '10.9.8',
    '10.9',
    '11.9',
    '13.12.9',
    '14.12.9',
  ]);
});
