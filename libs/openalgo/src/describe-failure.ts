/** `fetch failed` and its kind say nothing; the reason is some causes further down. */
const maxDepth = 5;

/** The innermost code and message of a failed call, as one line. */
export function describeFailure(failure: unknown): string {
  let innermost: unknown = failure;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next = causeOf(innermost);
    if (next === undefined) break;
    innermost = next;
  }
  if (!(innermost instanceof Error)) return 'unknown failure';
  const code = 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : null;
  const message = innermost.message.replaceAll(/\s+/g, ' ').trim();
  return [code ?? innermost.name, message].filter((part) => part !== '').join(': ');
}

function causeOf(failure: unknown): unknown {
  if (failure instanceof AggregateError && failure.errors.length > 0) return failure.errors[0];
  return failure instanceof Error ? failure.cause : undefined;
}
