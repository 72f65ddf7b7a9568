import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

/** Whether the caller is a browser that wants a page; a program gets JSON. */
export function prefersHtml(context: Context): boolean {
  const type = accepts(context, {
    header: 'Accept',
    supports: ['application/json', 'text/html'],
    default: 'application/json',
  });
  return type === 'text/html';
}
