import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compressFolder } from './compress.ts';
import { hashSources } from './source-hash.ts';

const web = new URL('../', import.meta.url);
const built = fileURLToPath(new URL('dist', web));
const markName = 'built-from';

/**
 * Builds the web UI unless what is there was built from the same sources. What is half built never
 * has the name under which the console looks.
 * @returns whether anything had to be built
 */
export async function ensureBuilt(): Promise<boolean> {
  const wanted = await hashSources();
  if ((await readMark()) === wanted) return false;
  const making = `${built}.making-${process.pid}`;
  const former = `${built}.former-${process.pid}`;
  const { build } = await import('vite');
  const configFile = fileURLToPath(new URL('vite.config.ts', web));
  try {
    await build({ configFile, logLevel: 'error', build: { outDir: making } });
    await compressFolder(`${making}/assets`);
    await writeFile(`${making}/${markName}`, wanted);
    await rename(built, former).catch(() => undefined);
    await rename(making, built).catch(async (error: unknown) => {
      // Another process was faster, with the same sources.
      if ((await readMark()) !== wanted) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
    await rm(former, { recursive: true, force: true });
  }
  return true;
}

async function readMark(): Promise<string | undefined> {
  return await readFile(`${built}/${markName}`, 'utf8').catch(() => undefined);
}
