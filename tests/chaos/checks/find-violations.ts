import type { Evidence } from '../evidence/evidence.ts';
import { findAccountCrossed } from './find-account-crossed.ts';
import { findDisowned } from './find-disowned.ts';
import { findDoubled } from './find-doubled.ts';
import { findFalseVerified } from './find-false-verified.ts';
import { findHalfDone } from './find-half-done.ts';
import { findLost } from './find-lost.ts';
import { findMisordered } from './find-misordered.ts';
import { findMisowned } from './find-misowned.ts';
import { findMisrouted } from './find-misrouted.ts';
import { findOverRate } from './find-over-rate.ts';
import { findOverclosed } from './find-overclosed.ts';
import { findUnclosed } from './find-unclosed.ts';
import type { Violation } from './violation.ts';

/** Everything in the evidence that must never be. */
export function findViolations(evidence: Evidence): Violation[] {
  return [
    ...findLost(evidence),
    ...findDoubled(evidence),
    ...findMisrouted(evidence),
    ...findMisordered(evidence),
    ...findOverRate(evidence),
    ...findHalfDone(evidence),
    ...findDisowned(evidence),
    ...findOverclosed(evidence),
    ...findAccountCrossed(evidence),
    ...findFalseVerified(evidence),
    ...findUnclosed(evidence),
    ...findMisowned(evidence),
  ];
}
