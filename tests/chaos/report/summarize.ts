import { measureRates, type RateFound } from '../checks/find-over-rate.ts';
import { findViolations } from '../checks/find-violations.ts';
import { measureRecovery, type Recovery } from '../checks/measure-recovery.ts';
import { type Violation, type ViolationKind, violationKinds } from '../checks/violation.ts';
import type { Evidence } from '../evidence/evidence.ts';

/** What a run came to, for people and for machines. */
export interface Summary {
  passed: boolean;
  violations: Violation[];
  counts: Record<ViolationKind, number>;
  wishes: number;
  postings: Record<string, number>;
  /** Signals that were answered 200 with an order of their own. */
  accepted: number;
  orders: Record<string, number>;
  closings: Record<string, number>;
  squareOffs: Record<string, number>;
  calls: { all: number; executed: number; answered: Record<string, number> };
  faults: Record<string, number>;
  rates: RateFound[];
  recoveries: Recovery[];
  /** Of killed executors and stores that came back (ms). */
  slowestRecoveryMs: number | null;
  /** What a person was asked to do, or to know, by code. */
  alerts: Record<string, number>;
}

export function summarize(evidence: Evidence): Summary {
  const violations = findViolations(evidence);
  const postings = evidence.wishes.flatMap((wish) => wish.postings);
  const recoveries = measureRecovery(evidence);
  const times = recoveries.flatMap(({ firstCallMs }) => firstCallMs ?? []);
  const counts = countBy(violations, ({ kind }) => kind);
  return {
    passed: violations.length === 0,
    violations,
    counts: Object.fromEntries(
      violationKinds.map((kind) => [kind, counts[kind] ?? 0]),
    ) as Summary['counts'],
    wishes: evidence.wishes.length,
    postings: countBy(postings, ({ status, code, isDuplicate, orders }) => {
      if (status === null) return 'no answer';
      if (isDuplicate) return '200 duplicate';
      return status === 200 && orders.length > 0 ? '200 queued' : `${status} ${code ?? ''}`.trim();
    }),
    accepted: evidence.wishes.filter((wish) =>
      wish.postings.some(({ status, orders }) => status === 200 && orders.length > 0),
    ).length,
    orders: countBy(evidence.orders, ({ status }) => status),
    closings: countBy(evidence.closings, ({ scope, status }) => `${scope} ${status}`),
    squareOffs: countBy(evidence.squareOffs, ({ status }) => status),
    calls: {
      all: evidence.calls.length,
      executed: evidence.calls.reduce((sum, { executed }) => sum + executed.length, 0),
      answered: countBy(evidence.calls, ({ answer, end }) => answer?.slice(0, 3) ?? end ?? 'open'),
    },
    faults: countBy(evidence.faults, ({ name }) => name),
    rates: measureRates(evidence),
    recoveries,
    slowestRecoveryMs: times.length > 0 ? Math.max(...times) : null,
    alerts: countBy(evidence.alerts, ({ code }) => code),
  };
}

function countBy<T>(all: readonly T[], nameOf: (one: T) => string): Record<string, number> {
  const groups = Object.groupBy(all, nameOf);
  const names = Object.keys(groups).toSorted();
  return Object.fromEntries(names.map((name) => [name, groups[name]?.length ?? 0]));
}
