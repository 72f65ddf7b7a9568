import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Edit, Mutation } from './mutation.ts';

const migrations = 'libs/db/src/migrations';
const mutated = '9999-mutation';

/**
 * Changes a copy of the repository. Functions of the database are changed by one more migration, in
 * every database that the tests make.
 * @throws when there is nothing to change: the list of mutations is older than the code
 */
export async function applyMutation(root: string, { edits }: Mutation): Promise<void> {
  for (const edit of edits) {
    if (edit.kind === 'source') await change(path.join(root, edit.file), edit);
  }
  const inDatabase = edits.filter((edit) => edit.kind === 'function');
  if (inDatabase.length > 0) await addMigration(root, inDatabase);
}

async function change(file: string, { from, to }: Pick<Edit, 'from' | 'to'>): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  await writeFile(
    file,
    text.replaceAll(from, () => to),
  );
}

async function addMigration(root: string, edits: readonly Edit[]): Promise<void> {
  const folder = path.join(root, migrations);
  await writeFile(path.join(folder, `${mutated}.ts`), migrationOf(edits));
  await change(path.join(folder, 'index.ts'), {
    from: '\n};',
    to: `\n  '${mutated}': mutation,\n};`,
  });
  await change(path.join(folder, 'index.ts'), {
    from: "import type { Migration } from 'kysely/migration';",
    to: `import type { Migration } from 'kysely/migration';\nimport * as mutation from './${mutated}.ts';`,
  });
}

function migrationOf(edits: readonly Edit[]): string {
  return `import { type Kysely, sql } from 'kysely';

const edits: { name: string; from: string; to: string }[] = ${JSON.stringify(edits, undefined, 2)};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const { name, from, to } of edits) {
    const { rows } = await sql<{ text: string }>\`
      select pg_get_functiondef(oid) as text from pg_proc where proname = \${name}\`.execute(db);
    const text = rows[0]?.text ?? '';
    if (!text.includes(from)) throw new Error(\`\${name} has no "\${from}"\`);
    await sql.raw(text.replaceAll(from, () => to)).execute(db);
  }
}
`;
}
