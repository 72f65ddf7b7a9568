import { refuse } from '@orderlane/domain/refusal';
import type { Log } from '@orderlane/runtime/log';
import { type Answer, refusalAnswer } from '@orderlane/signals/answer';
import type { MsLeft } from '@orderlane/signals/webhook-call';

/**
 * The answer, or 503 when it does not come within `answerWithinMs`. `work` is to store nothing once no
 * time is left.
 */
export async function answerInTime(
  { log, answerWithinMs }: { log: Log; answerWithinMs: number },
  work: (msLeft: MsLeft) => Promise<Answer>,
): Promise<Answer> {
  const answerBy = performance.now() + answerWithinMs;
  const patience = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => patience.resolve('late'), answerWithinMs);
  const answer = work(() => answerBy - performance.now());
  try {
    const first = await Promise.race([answer, patience.promise]);
    if (first !== 'late') return first;
  } finally {
    clearTimeout(timer);
  }
  const told = { event: 'webhook_late' };
  log.error(told, 'a webhook was not stored in time and is refused: does Postgres answer?');
  answer.catch((err: unknown) => log.debug({ ...told, err }, 'the late webhook failed'));
  return refusalAnswer(refuse('store_unavailable'));
}
