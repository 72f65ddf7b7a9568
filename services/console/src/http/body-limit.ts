import { refuse } from '@orderlane/domain/refusal';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refusalAnswer } from './error-answer.ts';

/** Some 20,000 mappings as CSV. */
const maxBytes = 1024 * 1024;

/** Reads no more than that, however long the rest is. */
export function limitBody(): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: (context) => {
      context.header('connection', 'close');
      const text = `The request is longer than ${maxBytes / 1024} KiB`;
      return refusalAnswer(context, refuse('body_too_large', { text }));
    },
  });
}
