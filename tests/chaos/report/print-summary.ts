import type { ChaosOptions } from '../options.ts';
import type { Summary } from './summarize.ts';

/** The table that people read. */
export function printSummary(summary: Summary, options: ChaosOptions): string {
  const { calls, counts, rates, slowestRecoveryMs } = summary;
  const rows: [what: string, value: string][] = [
    ['seed', `${options.seed}, ${options.forMs / 60_000} min, times divided by ${options.divide}`],
    ['wishes', `${summary.wishes}, accepted ${summary.accepted}`],
    ['postings', listed(summary.postings)],
    ['orders', listed(summary.orders)],
    ['closings', listed(summary.closings)],
    ['square-offs', listed(summary.squareOffs)],
    ['calls', `${calls.all}, executed ${calls.executed} (${listed(calls.answered)})`],
    ['faults', `${Object.values(summary.faults).reduce((sum, count) => sum + count, 0)}`],
    ['alerts', listed(summary.alerts)],
    ...rates.map(({ accountId, what, limit, most, surely }): [string, string] => [
      `most ${what} in a second`,
      `account ${accountId}: ${most} read, ${surely} for sure, ${limit} allowed`,
    ]),
    ['slowest recovery', slowestRecoveryMs === null ? 'none was due' : ms(slowestRecoveryMs)],
    ...Object.entries(counts).map(([kind, count]): [string, string] => [
      kind.replace('_', ' '),
      String(count),
    ]),
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const lines = rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}`);
  return [...lines, summary.passed ? '  PASSED' : '  FAILED'].join('\n');
}

/** How soon after each fault orders were sent again. */
export function printRecoveries({ recoveries }: Summary): string {
  const slowest = recoveries.toSorted((a, b) => slowness(b) - slowness(a)).slice(0, 15);
  return slowest
    .map(({ fault, due, firstCallMs }) => `  ${fault}: ${due} due, first call ${ms(firstCallMs)}`)
    .join('\n');
}

function slowness({ firstCallMs }: Summary['recoveries'][number]): number {
  return firstCallMs ?? Number.POSITIVE_INFINITY;
}

function ms(value: number | null): string {
  return value === null ? 'never' : `${Math.round(value)} ms`;
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
