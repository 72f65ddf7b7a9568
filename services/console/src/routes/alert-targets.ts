import { z } from '@hono/zod-openapi';
import { listAlertTargets } from '@orderlane/db/alert-targets';
import { sendTestAlert } from '@orderlane/manage/send-test-alert';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction } from '../http/manager.ts';
import { instant } from '../schemas/common.ts';

const tags = ['alerts'];

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/alerts/targets',
    tags,
    summary: 'Who is told',
    description:
      'The targets that the schedulers are configured for, and how it goes; none: alerts are shown in the console alone.',
    responses: ok(
      z.array(
        z.object({
          target: z.string().meta({ description: '`telegram` or `webhook`.' }),
          failures: z.number().meta({ description: 'In a row; 0: the last message arrived.' }),
          next_at: instant.nullable().meta({ description: 'After a failure: not before then.' }),
          last_sent_at: instant.nullable(),
          undelivered: z
            .number()
            .meta({ description: 'Alerts that were tried and have not arrived yet.' }),
          error: z.string().nullable().meta({ description: 'Of the newest of them.' }),
        }),
      ),
      'The targets.',
    ),
  },
);

const test = route(
  { access: 'admin' },
  {
    method: 'post',
    path: '/alerts/test',
    tags,
    summary: 'Send a test alert',
    description: 'To every target, by the way that every alert goes.',
    responses: ok(z.object({}), 'It is in the outbox.'),
  },
);

export function createAlertTargetRoutes({ db, now }: ManageDeps) {
  return createApi()
    .openapi(list, async (context) => {
      const targets = await listAlertTargets(db);
      const data = targets.map(({ target, failures, undelivered, error, ...times }) => ({
        ...{ target, failures, undelivered, error },
        next_at: times.nextAt?.toISOString() ?? null,
        last_sent_at: times.lastSentAt?.toISOString() ?? null,
      }));
      return context.json(success(data), 200);
    })
    .openapi(test, async (context) => {
      await inTransaction(db, context, async (manager) => {
        await sendTestAlert(manager, now().toInstant());
      });
      return context.json(success({}), 200);
    });
}
