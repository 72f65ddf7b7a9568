import { getConnInfo } from '@hono/node-server/conninfo';
import { brandIds, type WebhookId } from '@orderlane/domain/ids';
import { refuse } from '@orderlane/domain/refusal';
import type { RateLimit } from '@orderlane/queue/rate-limit';
import type { Log } from '@orderlane/runtime/log';
import type { Context } from 'hono';
import { type AcceptSignalDeps, acceptSignal, rateLimitedAnswer } from './accept-signal.ts';
import { type Answer, refusalAnswer } from './answer.ts';
import { answerInTime, type MsLeft } from './answer-in-time.ts';
import { readBody } from './read-body.ts';

export interface WebhookDeps extends AcceptSignalDeps {
  rateLimit: RateLimit;
  /** For calls of ids that nobody has, by the caller's address. */
  unknownRateLimit: RateLimit;
  maxBodyBytes: number;
  log: Log;
}

/** A body that comes slowly leaves this much time to store it (ms). */
const storeWithinMs = 700;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * One webhook call, in the order of its checks: id, rate, size, then the signal. Far over the limit
 * nothing is read.
 */
export async function answerWebhook(deps: WebhookDeps, context: Context): Promise<Answer> {
  return await answerInTime(
    deps.log,
    async (msLeft) => await answerKnown(deps, { context, msLeft }),
  );
}

async function answerKnown(
  deps: WebhookDeps,
  { context, msLeft }: { context: Context; msLeft: MsLeft },
): Promise<Answer> {
  const takenAt = performance.now();
  const sourceAddress = addressOf(context);
  const webhookId = brandIds.webhook((context.req.param('webhookId') ?? '').toLowerCase());
  if (!(await isKnown(deps, webhookId))) return await answerUnknown(deps, sourceAddress);
  const rate = await deps.rateLimit.count(webhookId);
  if (rate.level === 'far_over') return rateLimitedAnswer(rate);
  const limits = { maxBytes: deps.maxBodyBytes, withinMs: msLeft() - storeWithinMs };
  const body = await readBody(context.req.raw, limits);
  const answer = await acceptSignal(deps, {
    webhookId,
    path: context.req.path.split('/').slice(0, 3).join('/'),
    sourceAddress,
    contentType: context.req.header('content-type') ?? null,
    idempotencyKey: context.req.header('idempotency-key') ?? null,
    body,
    rate,
    takenAt,
    msLeft,
  });
  const isIncomplete = !body.ok && body.refusal.code === 'body_incomplete';
  return isIncomplete ? { ...answer, headers: { connection: 'close' } } : answer;
}

async function isKnown(deps: WebhookDeps, webhookId: WebhookId): Promise<boolean> {
  return uuid.test(webhookId) && (await deps.targets.get(webhookId)) !== undefined;
}

/** An id that nobody has is counted by address: guessing ids must not be cheap. */
async function answerUnknown(deps: WebhookDeps, address: string | null): Promise<Answer> {
  const rate = await deps.unknownRateLimit.count(address ?? 'nowhere');
  return rate.level === 'within'
    ? refusalAnswer(refuse('unknown_webhook'))
    : rateLimitedAnswer(rate);
}

/** The socket's own far end; undefined in tests that call the app without a socket. */
function addressOf(context: Context): string | null {
  try {
    return getConnInfo(context).remote.address ?? null;
  } catch {
    return null;
  }
}
