import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ConsoleEnv } from '../http/console-env.ts';

const description = `What the console's pages do, for programs. Sign in with \`Authorization: Bearer <api key>\`
(make one at /keys) or with the cookie of a session. Every error has one shape, with a \`code\` of a closed list.
Changes by a session need the browser's \`Origin\` of the console itself. Lists go on from \`next\`.`;

/** The API as OpenAPI 3.1. */
export function describeApi(api: OpenAPIHono<ConsoleEnv>) {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Orderlane', version: '1', description },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
  });
  document.components = {
    ...document.components,
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a user.' },
      session: { type: 'apiKey', in: 'cookie', name: 'orderlane.session_token' },
    },
  };
  return document;
}
