import type { Column } from './table.ts';

interface Named {
  id: number;
  name: string;
}

/** A column of names; those that several share stand with their numbers, by which commands take them. */
export function nameColumn<Row>(
  title: string,
  rows: readonly Row[],
  of: (row: Row) => Named,
): Column<Row> {
  const idsOf = new Map<string, Set<number>>();
  for (const { id, name } of rows.map(of)) {
    idsOf.set(name, (idsOf.get(name) ?? new Set()).add(id));
  }
  const label = ({ id, name }: Named) =>
    (idsOf.get(name)?.size ?? 0) > 1 ? `${name} (${id})` : name;
  return { title, of: (row) => label(of(row)), shrinks: true };
}
