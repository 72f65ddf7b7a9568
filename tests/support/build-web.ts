import { ensureBuilt } from '@orderlane/console-web/ensure-built';

/** What the console serves is built from the sources as they are now. */
export async function setup(): Promise<void> {
  await ensureBuilt();
}
