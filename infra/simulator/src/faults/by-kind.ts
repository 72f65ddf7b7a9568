import type { Fault, FaultKind, FaultOf } from './fault.ts';

/** What some kinds of faults do; the others do nothing here. */
export type FaultHandlers<Args, Result> = {
  readonly [Kind in FaultKind]?: (fault: FaultOf<Kind>, args: Args) => Result;
};

/** Hands a fault to the handler of its kind; undefined when there is no fault or no handler. */
export function byKind<Args, Result>(
  handlers: FaultHandlers<Args, Result>,
  fault: Fault | undefined,
  args: Args,
): Result | undefined {
  if (fault === undefined) return undefined;
  // The table pairs each kind with its own fault, which the compiler cannot follow through a lookup.
  const handler = handlers[fault.kind] as ((fault: Fault, args: Args) => Result) | undefined;
  return handler?.(fault, args);
}
