import { z } from '@hono/zod-openapi';
import type { BrakeTarget } from '@orderlane/db/brakes';
import { brakeKinds } from '@orderlane/domain/brakes';
import { listStopped } from '@orderlane/manage/list-stopped';
import { ManageError } from '@orderlane/manage/manage-error';
import type { Manager } from '@orderlane/manage/manager';
import { resumedData, resumeTrading } from '@orderlane/manage/resume-trading';
import { stoppedData, stopTrading } from '@orderlane/manage/stop-trading';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { instant } from '../schemas/common.ts';

const tags = ['brakes'];
const scopes = ['everything', 'account', 'strategy'] as const;
const strengths = ['stop_entries', 'halt', 'flatten'] as const;
const target = {
  scope: z.enum(scopes),
  id: z.number().int().min(1).optional().meta({
    description: 'Of the account or the strategy; none for everything.',
  }),
};
const brake = {
  scope: z.enum(scopes),
  id: z.number(),
  target: z.string(),
  brake: z.enum(brakeKinds),
  since: instant.nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
};

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/brakes',
    tags,
    summary: 'All that is stopped',
    description:
      'A restored database, kill switches, paused accounts, accounts that may not trade yet, dead broker sessions; and what waits there.',
    responses: ok(
      z.array(
        z.object({
          ...brake,
          release: z
            .enum(['restore_release', 'resume', 'account_resume', 'account_trading_on'])
            .nullable()
            .meta({
              description:
                'What ends it (`restore_release`: the command line); null: the broker login in OpenAlgo.',
            }),
          waiting_entries: z.number(),
          waiting_exits: z.number(),
        }),
      ),
      'The brakes.',
    ),
  },
);

const stop = route(
  { access: 'trade', errors: ['unknown_account', 'unknown_strategy', 'confirmation_differs'] },
  {
    method: 'post',
    path: '/brakes/stop',
    tags,
    summary: 'Set a kill switch',
    description:
      'Over one strategy, one account, or (administrators, with `sentence` "stop everything") everything. `stop_entries` (the default) lets exits pass; `halt` sends nothing; `flatten` voids queued entries and closes what strategies hold.',
    request: jsonBody(
      z.strictObject({
        ...target,
        strength: z.enum(strengths).optional(),
        reason: z.string().max(200).optional(),
        sentence: z.string().max(50).optional(),
      }),
    ),
    responses: ok(
      z.object({
        ...brake,
        since: instant,
        changed: z.boolean(),
        cancelled_entries: z.number(),
        waiting_entries: z.number(),
        waiting_exits: z.number(),
        in_flight: z
          .number()
          .meta({ description: 'Claimed before: sent already, or about to be.' }),
      }),
      'The kill switch as it is set.',
    ),
  },
);

const resume = route(
  {
    access: 'trade',
    errors: ['not_stopped', 'unknown_account', 'unknown_strategy', 'confirmation_differs'],
  },
  {
    method: 'post',
    path: '/brakes/resume',
    tags,
    summary: 'Release a kill switch',
    description:
      'What waited and is still within its age goes out. Everything needs the `sentence` "resume everything".',
    request: jsonBody(
      z.strictObject({
        ...target,
        cancel_entries: z.boolean().default(false),
        sentence: z.string().max(50).optional(),
      }),
    ),
    responses: ok(
      z.object({
        ...brake,
        since: instant,
        released_by: z.string(),
        entries_going_out: z.number(),
        exits_going_out: z.number(),
        waiting_entries: z.number(),
        waiting_exits: z.number(),
        expired_orders: z.number(),
        cancelled_entries: z.number(),
      }),
      'What was released.',
    ),
  },
);

export function createBrakeRoutes({ db, lanes }: ManageDeps) {
  return createApi()
    .openapi(list, async (context) => {
      const stopped = await listStopped(managerOf(db, context));
      const shown = stopped.map(({ target: of, waitingEntries, waitingExits, ...rest }) => ({
        scope: of.scope,
        id: of.id,
        target: of.label,
        ...rest,
        waiting_entries: waitingEntries,
        waiting_exits: waitingExits,
      }));
      return context.json(success(shown), 200);
    })
    .openapi(stop, async (context) => {
      const { scope, id, sentence, strength, reason } = context.req.valid('json');
      const stopped = await inTransaction(db, context, async (manager) => {
        const asked = readTarget(manager, { scope, id, sentence, expected: 'stop everything' });
        return await stopTrading(manager, { target: asked, strength, reason });
      });
      lanes.drop(stopped.cancelled);
      return context.json(success(stoppedData(stopped)), 200);
    })
    .openapi(resume, async (context) => {
      const { scope, id, sentence, cancel_entries: cancelsEntries } = context.req.valid('json');
      const resumed = await inTransaction(db, context, async (manager) => {
        const asked = readTarget(manager, { scope, id, sentence, expected: 'resume everything' });
        return await resumeTrading(manager, { target: asked, cancelsEntries });
      });
      lanes.drop(resumed.cancelled);
      return context.json(success(resumedData(resumed)), 200);
    });
}

/** Everything is an administrator's, and asks for its sentence. @throws ManageError */
function readTarget(
  { tenant }: Manager,
  asked: {
    scope: BrakeTarget['scope'];
    id: number | undefined;
    sentence: string | undefined;
    expected: string;
  },
): BrakeTarget {
  const { scope, id, sentence, expected } = asked;
  if (scope !== 'everything') {
    if (id !== undefined) return { scope, id };
    const text = `id says which ${scope} is meant`;
    throw new ManageError('invalid_request', text, { issues: [{ field: 'id', text }] });
  }
  if (tenant !== null) throw new ManageError('not_allowed');
  if (sentence?.trim().toLowerCase() === expected) return { scope, id: 0 };
  throw new ManageError('confirmation_differs', `Nothing was done: the sentence is "${expected}"`);
}
