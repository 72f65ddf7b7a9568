import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, formatTable } from './table.ts';

interface Row {
  id: number;
  name: string | null;
  note: string;
}

const columns: Column<Row>[] = [
  { title: 'ID', of: (row) => row.id },
  { title: 'NAME', of: (row) => row.name, shrinks: true },
  { title: 'NOTE', of: (row) => row.note, shrinks: true },
];

test('titles over aligned cells, nothing behind them', () => {
  const rows = [
    { id: 1, name: 'a', note: 'short' },
    { id: 22, name: null, note: '' },
  ];
  expect(formatTable(columns, rows)).toBe(
    ['ID  NAME  NOTE', '1   a     short', '22  -'].join('\n'),
  );
});

test('the widest columns give way until the line has 80 characters', () => {
  const text = formatTable(columns, [{ id: 1, name: 'n'.repeat(30), note: 'x'.repeat(200) }]);
  expect(text.split('\n')[1]).toHaveLength(80);
  expect(text).toContain('n'.repeat(30));
  expect(text).toContain('x…');
});

test('what a stranger sent can neither break the line nor move the cursor', () => {
  const text = formatTable(columns, [{ id: 1, name: 'a\nb\u001b[2J', note: '\u202eevil' }]);
  expect(text.split('\n')).toHaveLength(2);
  for (const sign of ['\u001b', '\u202e']) expect(text).not.toContain(sign);
});

test('no line is wider than 80 characters', () => {
  const anyRow = fc.record({ id: fc.nat(), name: fc.option(fc.string()), note: fc.string() });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
      for (const line of formatTable(columns, rows).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(80);
      }
    }),
  );
});
