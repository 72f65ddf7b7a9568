const connectionCodes =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08|53|57P)/;
const connectionTexts =
  /timeout exceeded when trying to connect|Connection terminated|terminating connection|not queryable|Query read timeout|canceling statement due to statement timeout/i;

function partsOf(error: unknown): unknown[] {
  return error instanceof AggregateError ? [error, ...error.errors] : [error];
}

/** True when Postgres could not be reached or went away meanwhile, however the driver says so. */
export function isPostgresAway(error: unknown): boolean {
  return partsOf(error).some((part) => {
    if (!(part instanceof Error)) return false;
    const code = 'code' in part ? String(part.code) : '';
    return connectionCodes.test(code) || connectionTexts.test(part.message);
  });
}
