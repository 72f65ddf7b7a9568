import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { isSecretField } from '@orderlane/runtime/config-fields';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');

/** Every schema by its file, and what the example says of each variable. */
const schemas = new Map<string, z.ZodObject>();
let example: Record<string, string | undefined>;

beforeAll(async () => {
  for await (const file of glob('{services,infra}/*/src/config.ts', { cwd: root })) {
    const module = await import(pathToFileURL(path.join(root, file)).href);
    schemas.set(file, z.instanceof(z.ZodObject).parse(module.configSchema));
  }
  const text = await readFile(path.join(root, '.env.example'), 'utf8');
  example = parseEnv(text.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
});

/** The default that a schema gives to a variable, in the words of the example. */
function fallbackOf(field: unknown): unknown {
  if (field instanceof z.ZodDefault) return String(field.def.defaultValue);
  return field instanceof z.ZodType ? field.meta()?.['fallback'] : undefined;
}

test('the example has every variable of the system and no other', async () => {
  const read = [...schemas.values()].flatMap((schema) => Object.keys(schema.shape));
  const compose = await readFile(path.join(root, 'docker-compose.yml'), 'utf8');
  read.push(...compose.matchAll(/\$\{([A-Z_]+)/g).map(([, name = '']) => name));
  expect(Object.keys(example).sort()).toEqual([...new Set(read)].sort());
});

test('the example names every variable that may stand in a file', async () => {
  const text = await readFile(path.join(root, '.env.example'), 'utf8');
  const [, named = ''] =
    text.replaceAll(/\n# ?/g, ' ').match(/names the file\. So may (.*?)\./) ?? [];
  const fields = [...schemas.values()].flatMap((schema) => Object.entries(schema.shape));
  const secret = fields.filter(([, field]) => isSecretField(field)).map(([name]) => name);
  expect(named.split(/, | and /).sort()).toEqual([...new Set(secret)].sort());
});

test('what the example shows as the default is the default, in every process', () => {
  for (const [file, schema] of schemas) {
    for (const [variable, field] of Object.entries(schema.shape)) {
      const fallback = fallbackOf(field);
      if (fallback !== undefined)
        expect([file, variable, example[variable]]).toEqual([file, variable, fallback]);
    }
  }
});

test('a .env with every line of the example taken over starts every process', () => {
  const secret = {
    ORDERLANE_SECRET_KEY: 'k'.repeat(44),
    ORDERLANE_SECRET_KEY_OLD: 'o'.repeat(44),
    SIMULATOR_API_KEY_PREFIX: 'key-',
    ADMIN_PASSWORD: 'p'.repeat(10),
  };
  for (const [file, schema] of schemas) {
    expect([file, schema.safeParse({ ...example, ...secret }).error]).toEqual([file, undefined]);
  }
});
