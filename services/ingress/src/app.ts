import type { Log } from '@orderlane/runtime/log';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Answer } from './answer.ts';
import { faultAnswer } from './errors.ts';
import { answerWebhook, type WebhookDeps } from './webhook.ts';

/** The ingress's HTTP surface: a webhook's address as OpenAlgo has it, on both of its paths. */
export function createApp(deps: WebhookDeps & { log: Log }): Hono {
  const app = new Hono();
  for (const path of ['/strategy/webhook/:webhookId', '/chartink/webhook/:webhookId']) {
    app.post(path, async (context) => {
      const { httpStatus, body, headers } = await answerWebhook(deps, context);
      return context.json(body, httpStatus as ContentfulStatusCode, headers);
    });
  }
  app.notFound((context) =>
    context.json({ status: 'error', code: 'not_found', error: 'There is nothing here' }, 404),
  );
  app.onError((error, context) => {
    deps.log.error({ event: 'webhook_failed', err: error }, 'a webhook could not be stored');
    const { httpStatus, body }: Answer = faultAnswer(error);
    return context.json(body, httpStatus as ContentfulStatusCode);
  });
  return app;
}
