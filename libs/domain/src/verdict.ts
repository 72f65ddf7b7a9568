import type { Decision } from './decision.ts';
import { isNothingToDo, type RefusalCode } from './refusal.ts';

/** How a decided signal is answered; the ingress adds ids and lanes. */
export type Verdict =
  | { status: 'success'; httpStatus: 200; message: string }
  | { status: 'error'; httpStatus: number; code: RefusalCode; error: string };

/**
 * 200 if at least one order is to be queued, or if nothing is to be done and nothing is wrong; else
 * the first refusal that a sender can do something about. `error` keeps OpenAlgo's texts.
 */
export function verdictOf(decision: Pick<Decision, 'plans' | 'refusals'>): Verdict {
  const symbols = decision.plans.map((plan) => plan.signalSymbol);
  if (symbols.length > 0) return success(queuedText(symbols));
  const wrong = decision.refusals.find((refusal) => !isNothingToDo(refusal));
  if (wrong === undefined) return success(decision.refusals[0]?.text ?? 'Nothing to do');
  return {
    status: 'error',
    httpStatus: wrong.httpStatus,
    code: wrong.code,
    error: wrong.text,
  };
}

function queuedText(symbols: readonly string[]): string {
  return symbols.length === 1
    ? `Order queued successfully for ${symbols[0]}`
    : `Orders queued for symbols: ${symbols.join(', ')}`;
}

function success(message: string): Verdict {
  return { status: 'success', httpStatus: 200, message };
}
