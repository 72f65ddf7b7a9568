import { assertPortFree } from './assert-port-free.ts';
import { LocalStackError } from './local-stack-error.ts';

/**
 * Looks at every port before anything is started.
 * @throws LocalStackError that names each taken port and the variable that changes it
 */
export async function assertPortsFree(
  wanted: { what: string; port: number; variable: string }[],
): Promise<void> {
  const looks = await Promise.allSettled(wanted.map(assertPortFree));
  const taken = looks.flatMap((look) => (look.status === 'rejected' ? [String(look.reason)] : []));
  const lines = taken.map((text) => text.replace(/^\w+: /, ''));
  if (lines.length > 0) throw new LocalStackError(lines.join('\n'));
}
