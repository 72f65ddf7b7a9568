import { refuse } from '@orderlane/domain/refusal';
import { type Answer, refusalAnswer } from '@orderlane/signals/answer';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { faultAnswer } from './errors.ts';
import { answerWebhook, type WebhookDeps } from './webhook.ts';

/** The ingress's HTTP surface: a webhook's address as OpenAlgo has it, on both of its paths. */
export function createApp(deps: WebhookDeps): Hono {
  const app = new Hono({ strict: false });
  for (const path of ['/strategy/webhook/:webhookId', '/chartink/webhook/:webhookId']) {
    app.post(path, async (context) => {
      return send(context, await answerWebhook(deps, context));
    });
    app.all(path, (context) => {
      return send(context, {
        ...refusalAnswer(refuse('method_not_allowed')),
        headers: { allow: 'POST' },
      });
    });
  }
  app.notFound((context) => send(context, refusalAnswer(refuse('not_found'))));
  app.onError((error, context) => {
    deps.log.error({ event: 'webhook_failed', err: error }, 'a webhook could not be stored');
    return send(context, faultAnswer(error));
  });
  return app;
}

function send(context: Context, { httpStatus, body, headers }: Answer): Response {
  return context.json(body, httpStatus as ContentfulStatusCode, headers);
}
