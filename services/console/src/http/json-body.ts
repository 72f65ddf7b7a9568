import type { z } from '@hono/zod-openapi';

/** The request of an operation that takes JSON. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}
