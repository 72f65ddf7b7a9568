import { readdir, readFile } from 'node:fs/promises';
import { migrate } from '@orderlane/db/migrate';
import { orderMoves, orderStatuses } from '@orderlane/domain/order';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});

const schemaFolder = new URL('../../libs/db/src/schema/', import.meta.url);

/** Columns as the type files say them: `name: Type;` lines of each `…Table` interface. */
async function columnsByType(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const file of await readdir(schemaFolder)) {
    if (file === 'database.ts') continue;
    const text = await readFile(new URL(file, schemaFolder), 'utf8');
    const body = text.slice(text.indexOf('export interface'));
    const columns = [...body.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name ?? '');
    found.set(file.replace(/\.ts$/, '').replaceAll('-', '_'), columns.toSorted());
  }
  return found;
}

async function columnsByTable(): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table_name: string; columns: string[] }>`
    select table_name, array_agg(column_name::text) as columns
    from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%' and table_name <> 'claim_settings'
    group by table_name`.execute(parts.db);
  return new Map(rows.map(({ table_name, columns }) => [table_name, columns.toSorted()]));
}

it('an empty database, migrated, has the columns that the types name and no others', async () => {
  const byTable = await columnsByTable();
  const byType = await columnsByType();
  expect([...byTable.keys()].toSorted()).toEqual([...byType.keys()].toSorted());
  for (const [table, columns] of byTable) expect(columns, table).toEqual(byType.get(table));
});

it('migrating again does nothing', async () => {
  expect(await migrate(parts.databaseUrl)).toEqual({ applied: [], newer: [] });
});

it("the database allows exactly the moves of an order's life", async () => {
  for (const from of orderStatuses) {
    for (const to of orderStatuses) {
      const { rows } = await sql<{
        allowed: boolean;
      }>`select order_move_allowed(${from}, ${to}) as allowed`.execute(parts.db);
      expect(rows[0]?.allowed, `${from} → ${to}`).toBe(orderMoves[from].includes(to));
    }
  }
});
