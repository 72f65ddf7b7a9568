import { execFile } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compressFolder } from './compress.ts';
import { hashSources } from './source-hash.ts';

const web = new URL('../', import.meta.url);
const built = fileURLToPath(new URL('dist', web));
const markName = 'built-from';
const run = promisify(execFile);

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
  try {
    await runVite(making);
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

/**
 * In a process of its own: Vite takes React's slow and talkative variant where the environment says
 * anything but production, which that of tests does.
 */
async function runVite(folder: string): Promise<void> {
  const program = fileURLToPath(new URL('run-vite.ts', import.meta.url));
  await run(process.execPath, [program, folder], { env: { NODE_ENV: 'production' } });
}

async function readMark(): Promise<string | undefined> {
  return await readFile(`${built}/${markName}`, 'utf8').catch(() => undefined);
}
