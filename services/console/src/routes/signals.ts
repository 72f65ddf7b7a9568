import { z } from '@hono/zod-openapi';
import { findSignalOwner, isKeyUsed, pageSignals } from '@orderlane/db/signal-list';
import { findSignal, refusedOf, type StoredSignal } from '@orderlane/db/signals';
import { brandIds } from '@orderlane/domain/ids';
import { storableText } from '@orderlane/domain/parse-body';
import { ManageError } from '@orderlane/manage/manage-error';
import { isInReach } from '@orderlane/manage/manager';
import { orderData } from '@orderlane/manage/order-data';
import { signalData } from '@orderlane/manage/signal-data';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { markOf, okPage, pageOf, pageQuery, readMark } from '../http/cursor.ts';
import { jsonBody } from '../http/json-body.ts';
import { managerOf } from '../http/manager.ts';
import { instant, strategyParams } from '../schemas/common.ts';
import { filters, spanOf } from '../schemas/filter.ts';
import { order } from '../schemas/order.ts';
import { type ReplayDeps, replaySignal } from './replay-signal.ts';
import { triedSignal, tryOwnSignal } from './try-signal.ts';

const tags = ['signals'];
const params = z.object({ id: z.uuid() });
const verdicts = ['queued', 'nothing_to_do', 'refused', 'duplicate'] as const;
const refused = z.object({ symbol: z.string().nullable(), code: z.string(), error: z.string() });

const signal = z
  .object({
    id: z.string(),
    strategy_id: z.number(),
    strategy: z.string(),
    received_at: instant,
    verdict: z.enum(verdicts),
    code: z.string().nullable(),
    http_status: z.number(),
    refused: z.array(refused),
  })
  .openapi('Signal');

const signalStory = z
  .object({
    id: z.string(),
    strategy_id: z.number(),
    received_at: instant,
    verdict: z.enum(verdicts),
    code: z.string().nullable(),
    http_status: z.number(),
    path: z.string(),
    source_address: z.string().nullable(),
    content_type: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    body: z.string().meta({ description: 'As it came, without the shared secret.' }),
    refused: z.array(refused),
    notes: z.array(z.unknown()),
    duplicate_of: z.string().nullable(),
    orders: z.array(order),
  })
  .openapi('SignalStory');

const at = z.iso.datetime({ offset: true }).optional();

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/signals',
    tags,
    summary: 'Signals and their verdicts',
    description: 'The newest first, refused ones too: why an alert did not trade.',
    request: {
      query: pageQuery.extend({
        strategy: filters.strategy,
        symbol: filters.symbol,
        code: filters.code,
        from: filters.from,
        to: filters.to,
        status: z.enum(verdicts).optional(),
      }),
    },
    responses: okPage(signal, 'A page of signals.'),
  },
);

const show = route(
  { access: 'read', errors: ['unknown_signal'] },
  {
    method: 'get',
    path: '/signals/{id}',
    tags,
    summary: 'One signal with its story',
    description: 'The body as it came, what was refused and why, and the orders that came of it.',
    request: { params },
    responses: ok(signalStory, 'The signal.'),
  },
);

const tryRoute = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'post',
    path: '/strategy/{id}/try',
    tags,
    summary: 'Try a signal without trading',
    description:
      'Takes the body of a webhook and a time, and answers what would come of it with what the strategy holds now. Nothing is stored. Who calls, and whether it repeats an earlier signal, is not looked at.',
    request: {
      params: strategyParams,
      ...jsonBody(
        z.strictObject({
          body: z.union([z.string().max(65_536), z.record(z.string(), z.unknown())]).meta({
            description: 'As a text, or as the JSON that it is.',
          }),
          at: at.meta({ description: 'With its zone; left out: now.' }),
          idempotency_key: z.string().max(200).optional(),
          assume_active: z.boolean().default(false),
        }),
      ),
    },
    responses: ok(triedSignal, 'What would come of it.'),
  },
);

const replay = route(
  { access: 'trade', errors: ['unknown_signal', 'unknown_strategy', 'signal_id_used'] },
  {
    method: 'post',
    path: '/signals/{id}/replay',
    tags,
    summary: 'Play a stored signal again',
    description:
      'Dry unless `real` is true: then it is a new signal, decided and stored as if it came now, and needs a `signal_id` that its strategy never had. `at` is for a dry run; left out: when the signal came.',
    request: {
      params,
      ...jsonBody(
        z.strictObject({
          real: z.boolean().default(false),
          signal_id: z.string().trim().min(1).max(200).optional(),
          at,
        }),
      ),
    },
    responses: ok(
      z.object({
        tried: triedSignal.nullable().meta({ description: 'Of a dry run.' }),
        answer: z.record(z.string(), z.unknown()).nullable().meta({
          description: 'Of a real one: as a sender is answered.',
        }),
      }),
      'What came, or would come, of it.',
    ),
  },
);

export function createSignalRoutes(deps: ReplayDeps) {
  const { db } = deps;
  return createApi()
    .openapi(list, async (context) => {
      const { cursor, limit, strategy, status, from, to, ...rest } = context.req.valid('query');
      const { tenant } = managerOf(db, context);
      const asked = { ...rest, strategyId: strategy, verdict: status };
      const page = { behind: readMark(cursor), limit: limit + 1 };
      const rows = await pageSignals(db, { ...asked, ...spanOf({ from, to }), tenant }, page);
      return context.json(pageOf(rows, limit, { show: signalData, cursor: markOf }), 200);
    })
    .openapi(show, async (context) => {
      const found = await getSignal(deps, context, context.req.valid('param').id);
      return context.json(success(showStory(found)), 200);
    })
    .openapi(tryRoute, async (context) => {
      const { id: strategyId } = context.req.valid('param');
      const given = context.req.valid('json');
      const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
      const tried = await tryOwnSignal(deps, context, {
        strategyId,
        body: Buffer.from(text),
        idempotencyKey: given.idempotency_key ?? null,
        at: instantOf(given.at) ?? deps.now(),
        assumesActive: given.assume_active,
      });
      return context.json(success(tried), 200);
    })
    .openapi(replay, async (context) => {
      const { real, signal_id: newId, at: asked } = context.req.valid('json');
      const found = await getSignal(deps, context, context.req.valid('param').id);
      const { strategy_id: strategyId, body, received_at } = found.signal;
      if (real) {
        const key = await newKey(deps, { strategyId, key: newId });
        const answer = await replaySignal(deps, context, { stored: found, key });
        return context.json(success({ tried: null, answer }), 200);
      }
      const cameAt = Temporal.Instant.fromEpochMilliseconds(received_at.getTime());
      const tried = await tryOwnSignal(deps, context, {
        strategyId,
        body,
        idempotencyKey: found.signal.idempotency_key,
        at: instantOf(asked) ?? cameAt.toZonedDateTimeISO(zone),
        assumesActive: true,
      });
      return context.json(success({ tried, answer: null }), 200);
    });
}

const zone = 'Asia/Kolkata';

function instantOf(text: string | undefined): Temporal.ZonedDateTime | undefined {
  return text === undefined ? undefined : Temporal.Instant.from(text).toZonedDateTimeISO(zone);
}

/** @throws ManageError unknown_signal, also for somebody else's */
async function getSignal(
  { db }: Pick<ReplayDeps, 'db'>,
  context: ConsoleContext,
  text: string,
): Promise<StoredSignal> {
  const id = brandIds.signal(text.toLowerCase());
  const owner = await findSignalOwner(db, id);
  const isOurs = owner !== undefined && isInReach(managerOf(db, context), owner);
  const found = isOurs ? await findSignal(db, id) : undefined;
  if (found === undefined) throw new ManageError('unknown_signal', `There is no signal ${text}`);
  return found;
}

/** @throws ManageError invalid_request, signal_id_used */
async function newKey(
  { db }: Pick<ReplayDeps, 'db'>,
  { strategyId, key }: { strategyId: number; key: string | undefined },
): Promise<string> {
  if (key === undefined) {
    const text = 'A real replay needs a signal_id of its own';
    throw new ManageError('invalid_request', text, { issues: [{ field: 'signal_id', text }] });
  }
  const used = await isKeyUsed(db, { strategyId: brandIds.strategy(strategyId), key });
  if (used) throw new ManageError('signal_id_used');
  return key;
}

function showStory({ signal: row, answer, orders }: StoredSignal) {
  return {
    id: row.id,
    strategy_id: row.strategy_id,
    received_at: row.received_at,
    verdict: row.verdict,
    code: row.code,
    http_status: row.http_status,
    path: row.path,
    source_address: row.source_address,
    content_type: row.content_type,
    idempotency_key: row.idempotency_key,
    body: storableText(row.body),
    refused: refusedOf(answer),
    notes: Array.isArray(row.notes) ? row.notes : [],
    duplicate_of: row.duplicate_of,
    orders: orders.map(orderData),
  };
}
