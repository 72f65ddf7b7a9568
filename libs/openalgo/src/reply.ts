import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { isBanText, isDeadSessionText } from './known-texts.ts';
import { messageSchema, wireWordSchema } from './wire/envelope.ts';
import { parseJson } from './wire/parse-json.ts';

/** What a call that places no order came to. */
export type Reply<T> = Success<T> | Failure;

/** OpenAlgo answered 200, `status: success`, and what it said was understood. */
interface Success<T> {
  kind: 'success';
  value: T;
  /** Some answers never say it, and count as live. */
  mode: TradingModeSeen;
}

interface Failure {
  kind: 'failure';
  cause: FailureCause;
  httpStatus: number | null;
  /** For people. */
  reason: string;
}

export type FailureCause =
  /** No connection, or no whole answer in time. */
  | 'unreachable'
  /** Wrong key, the daily broker login is missing, or this address is banned. */
  | 'session_dead'
  | 'rate_limited'
  /** OpenAlgo said no, or its broker did. */
  | 'refused'
  /** An answer that is not OpenAlgo's, or not as it is known. */
  | 'unreadable';

const envelopeSchema = z.looseObject({
  status: wireWordSchema,
  mode: wireWordSchema,
  message: messageSchema,
});

/** Judges the answer to such a call by its body; never throws. */
export function interpretReply<T>(schema: z.ZodType<T>, answer: Answer): Reply<T> {
  if (answer.kind === 'failed') return failure('unreachable', null, answer.reason);
  const { httpStatus } = answer;
  const body = envelopeSchema.safeParse(parseJson(answer.body)).data;
  if (body === undefined) {
    const isBan = httpStatus === 403 && isBanText(answer.body);
    return failure(isBan ? 'session_dead' : 'unreadable', httpStatus, answer.body.trim());
  }
  if (httpStatus !== 200 || body.status !== 'success') {
    return failure(causeOf(httpStatus, body), httpStatus, body.message);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return failure('unreadable', httpStatus, `not as expected: ${fields}`);
  }
  const mode = body.mode === 'analyze' ? 'analyze' : 'live';
  return { kind: 'success', value: parsed.data, mode };
}

function causeOf(httpStatus: number, body: z.infer<typeof envelopeSchema>): FailureCause {
  if (httpStatus === 429) return 'rate_limited';
  if (httpStatus === 403 && isDeadSessionText(body.message)) return 'session_dead';
  return httpStatus >= 400 && body.status === 'error' ? 'refused' : 'unreadable';
}

function failure(cause: FailureCause, httpStatus: number | null, said: string): Failure {
  return { kind: 'failure', cause, httpStatus, reason: said === '' ? `HTTP ${httpStatus}` : said };
}
