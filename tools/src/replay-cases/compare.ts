import { isDeepStrictEqual } from 'node:util';
import type { Case } from './case-file.ts';

/** What a case led to. */
export interface Played {
  httpStatus: number;
  body: unknown;
  orders: { queue: string; payload: object }[];
  /** What was recorded of the signal; undefined where no strategy has the webhook id. */
  stored: { http_status: number; code: string | null } | undefined;
}

function errorTextOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return '';
  return String(body.error);
}

/** The answer's code; where nothing is wrong, that of the first thing that was refused. */
function codeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('code' in body) return String(body.code);
  const [first]: unknown[] = 'refused' in body && Array.isArray(body.refused) ? body.refused : [];
  return typeof first === 'object' && first !== null ? codeOf(first) : undefined;
}

/** Each difference between what was expected and what happened, in words. */
export function differences(expected: Case['expect'], played: Played): string[] {
  const found: string[] = [];
  const check = (isSame: boolean, what: string, values: [unknown, unknown]) => {
    const [wanted, got] = values.map((value) => JSON.stringify(value));
    if (!isSame) found.push(`${what}: expected ${wanted}, got ${got}`);
  };
  const outcome = played.orders.length > 0 ? 'queued' : 'rejected';
  const errorText = errorTextOf(played.body);
  check(expected.http_status === played.httpStatus, 'status', [
    expected.http_status,
    played.httpStatus,
  ]);
  check(expected.outcome === outcome, 'outcome', [expected.outcome, outcome]);
  check(isDeepStrictEqual(expected.orders, played.orders), 'orders', [
    expected.orders,
    played.orders,
  ]);
  const code = codeOf(played.body);
  if (expected.code !== undefined) {
    check(expected.code === code, 'code', [expected.code, code]);
  }
  if (played.stored !== undefined) {
    const answered = {
      http_status: played.httpStatus,
      code: played.orders.length > 0 ? null : (code ?? null),
    };
    check(isDeepStrictEqual(answered, played.stored), 'record', [answered, played.stored]);
  }
  if (expected.error_contains !== undefined) {
    check(errorText.includes(expected.error_contains), 'error', [
      expected.error_contains,
      errorText,
    ]);
  }
  return found;
}
