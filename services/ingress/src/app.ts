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
      const startedAt = performance.now();
      const answer = await answerWebhook(deps, context).catch((error: unknown) =>
        answerFault(deps, error),
      );
      deps.onAnswered(answer, performance.now() - startedAt);
      return send(context, answer);
    });
    app.all(path, (context) => {
      return send(context, {
        ...refusalAnswer(refuse('method_not_allowed')),
        headers: { allow: 'POST' },
      });
    });
  }
  app.notFound((context) => send(context, refusalAnswer(refuse('not_found'))));
  app.onError((error, context) => send(context, answerFault(deps, error)));
  return app;
}

function answerFault({ log }: Pick<WebhookDeps, 'log'>, error: unknown): Answer {
  log.error({ event: 'webhook_failed', err: error }, 'a webhook could not be stored');
  return faultAnswer(error);
}

function send(context: Context, { httpStatus, body, headers }: Answer): Response {
  return context.json(body, httpStatus as ContentfulStatusCode, headers);
}
