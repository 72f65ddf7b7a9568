import { type Check, type Finding, well, wrong } from './finding.ts';

/**
 * Judges how far this machine's clock is ahead of another (ms; negative: behind).
 * @param mostMs what may be by chance, or by how coarsely the other tells its time
 */
export function clockFinding(
  check: Check,
  { whose, offsetMs }: { whose: string; offsetMs: number },
  mostMs: number,
): Finding {
  const offMs = Math.round(Math.abs(offsetMs));
  if (offMs <= mostMs) return well(check, `agrees with the clock of ${whose}`);
  return wrong(
    check,
    `this machine's clock is ${offMs} ms ${offsetMs > 0 ? 'ahead of' : 'behind'} that of ${whose}`,
    'Let both machines keep their time by NTP (timedatectl set-ntp true); square-offs and entries happen that much off',
  );
}
