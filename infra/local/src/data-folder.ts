import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalStackError } from './local-stack-error.ts';

/**
 * Makes the data folder where it is missing and answers its full path.
 * @throws LocalStackError when something else has its name, or we may not write there
 */
export async function openDataFolder(folder: string): Promise<string> {
  const full = path.resolve(folder);
  try {
    await mkdir(full, { recursive: true });
    return full;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LocalStackError(
      `The data folder ${full} cannot be made (${why}). Move away what stands in its place, or choose another with DATA_DIR.`,
      { cause: error },
    );
  }
}

/**
 * Writes the addresses and the secret key of this stack to `<data folder>/env` (mode 600), from
 * where the command line takes them.
 */
export async function writeEnvFile(
  dataDir: string,
  variables: Record<string, string>,
): Promise<void> {
  const file = path.join(dataDir, 'env');
  const making = `${file}.making`;
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
  await writeFile(making, lines.join(''), { mode: 0o600 });
  await chmod(making, 0o600);
  await rename(making, file);
}
