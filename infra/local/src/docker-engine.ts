import { setTimeout as sleep } from 'node:timers/promises';
import { getContainerRuntimeClient } from 'testcontainers';

/** Whether a container engine answers within `withinMs`; a slow or broken one counts as none. */
export async function dockerAnswers(withinMs: number): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(withinMs, false, { signal: patience.signal }).catch(() => false);
  const found = getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([found, late]);
  patience.abort();
  return answered;
}
