import { getConnInfo } from '@hono/node-server/conninfo';
import { separateSecret } from '@orderlane/domain/body-secret';
import { brandIds, type WebhookId } from '@orderlane/domain/ids';
import { refuse } from '@orderlane/domain/refusal';
import type { RateLimit } from '@orderlane/queue/rate-limit';
import type { AddressList } from '@orderlane/runtime/address-list';
import { clientAddress } from '@orderlane/runtime/client-address';
import type { Log } from '@orderlane/runtime/log';
import { type AcceptSignalDeps, acceptSignal } from '@orderlane/signals/accept-signal';
import { type Answer, rateLimitedAnswer, refusalAnswer } from '@orderlane/signals/answer';
import type { MsLeft, ReadBody } from '@orderlane/signals/webhook-call';
import type { Context } from 'hono';
import { answerInTime } from './answer-in-time.ts';
import { readBody } from './read-body.ts';

export interface WebhookDeps extends AcceptSignalDeps {
  rateLimit: RateLimit;
  /** For calls of ids that nobody has, by the caller's address. */
  unknownRateLimit: RateLimit;
  maxBodyBytes: number;
  answerWithinMs: number;
  /** The instant after which a call that is taken up now has come, on the clock of `waitedTooLong` (ms). */
  cameAfter(): number;
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: AddressList;
  log: Log;
  /** After each answer. */
  onAnswered(answer: Pick<Answer, 'httpStatus' | 'body'>, tookMs: number): void;
}

/** A body that comes slowly leaves this much time to store it (ms). */
const storeWithinMs = 700;

/** In which a sender may say the shared secret instead of in the body. */
const secretHeader = 'x-webhook-secret';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * One webhook call, in the order of its checks: id, rate, size, then the signal. Far over the limit
 * nothing is read.
 */
export async function answerWebhook(deps: WebhookDeps, context: Context): Promise<Answer> {
  return await answerInTime(deps, async (msLeft) => await answerKnown(deps, { context, msLeft }));
}

async function answerKnown(
  deps: WebhookDeps,
  { context, msLeft }: { context: Context; msLeft: MsLeft },
): Promise<Answer> {
  const takenAt = performance.now();
  const cameAfter = deps.cameAfter();
  const sourceAddress = addressOf(deps, context);
  const webhookId = brandIds.webhook((context.req.param('webhookId') ?? '').toLowerCase());
  if (!(await isKnown(deps, webhookId))) return await answerUnknown(deps, sourceAddress);
  const rate = await deps.rateLimit.count(webhookId);
  if (rate.level === 'far_over') return rateLimitedAnswer(rate);
  const limits = { maxBytes: deps.maxBodyBytes, withinMs: msLeft() - storeWithinMs };
  const { body, secret } = withoutSecret(await readBody(context.req.raw, limits));
  const answer = await acceptSignal(deps, {
    webhookId,
    path: context.req.path.split('/').slice(0, 3).join('/'),
    sender: { sourceAddress, secret: context.req.header(secretHeader) ?? secret },
    contentType: context.req.header('content-type') ?? null,
    idempotencyKey: context.req.header('idempotency-key') ?? null,
    body,
    rate,
    takenAt,
    cameAfter,
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

/** What is looked at and kept of a body holds no secret. */
function withoutSecret(body: ReadBody): { body: ReadBody; secret: string | null } {
  if (!body.ok) return { body, secret: null };
  const { bytes, secret } = separateSecret(body.bytes);
  return { body: { ok: true, bytes: Buffer.from(bytes) }, secret };
}

/** The caller's, behind trusted proxies; null where the app is called without a socket. */
function addressOf({ trustedProxies }: WebhookDeps, context: Context): string | null {
  const forwardedFor = context.req.header('x-forwarded-for');
  return clientAddress({ socketAddress: socketAddressOf(context), forwardedFor }, trustedProxies);
}

function socketAddressOf(context: Context): string | undefined {
  try {
    return getConnInfo(context).remote.address;
  } catch {
    return undefined;
  }
}
