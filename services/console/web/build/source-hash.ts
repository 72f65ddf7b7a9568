import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../../', import.meta.url);

/** All that goes into what the browser gets. */
const sources = [
  'services/console/web/index.html',
  'services/console/web/vite.config.ts',
  'services/console/web/build/',
  'services/console/web/src/',
  'services/console/src/client.ts',
  'libs/domain/src/',
  'package-lock.json',
];

/** One name for the sources as they are: built files are of use as long as it stays. */
export async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const files = source.endsWith('/') ? await listFiles(source) : [source];
    for (const file of files) {
      hash.update(`${file}\0`);
      hash.update(await readFile(new URL(file, root)));
    }
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(fileURLToPath(new URL(folder, root)), {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .sort();
}
