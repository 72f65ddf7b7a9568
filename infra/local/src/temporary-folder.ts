import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellReaper } from './reaper.ts';

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** A folder that is gone when disposed of, and also when this process is killed. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderlane-'));
  tellReaper({ remove: folder });
  const remove = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    tellReaper({ keep: folder });
  };
  return { path: folder, [Symbol.asyncDispose]: remove };
}
