import { z } from '@hono/zod-openapi';
import { accessLevels } from '@orderlane/domain/user-role';
import { createApiKey, listApiKeys, revokeApiKey } from '../auth/api-keys.ts';
import type { IdentifyDeps } from '../auth/identify.ts';
import { callerOf } from '../http/access.ts';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';

const tags = ['API keys'];
const key = z.object({
  id: z.string(),
  name: z.string().nullable(),
  start: z.string().nullable().meta({ description: 'The first characters of the key.' }),
  scopes: z.array(z.enum(accessLevels)),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});

const list = route(
  { access: 'person' },
  {
    method: 'get',
    path: '/keys',
    tags,
    summary: 'The own API keys',
    description: 'Without the keys themselves, which are shown once, when they are made.',
    responses: ok(z.array(key), 'The keys.'),
  },
);

const create = route(
  { access: 'person' },
  {
    method: 'post',
    path: '/keys/new',
    tags,
    summary: 'Make an API key',
    description:
      'For `Authorization: Bearer <key>`. A key may do what its scopes say and what its owner may: `trade` includes `read`, `admin` includes both. No key makes or ends keys, or changes how a person signs in.',
    request: jsonBody(
      z.strictObject({
        name: z.string().trim().min(1).max(32),
        scopes: z.array(z.enum(accessLevels)).min(1),
        expires_in_days: z.number().int().min(1).max(3650).nullish(),
      }),
    ),
    responses: ok(
      z.object({ id: z.string(), key: z.string().meta({ description: 'Shown this once.' }) }),
      'The new key.',
    ),
  },
);

const revoke = route(
  { access: 'person', errors: ['unknown_key'] },
  {
    method: 'post',
    path: '/keys/{id}/revoke',
    tags,
    summary: 'Revoke an API key',
    description: 'From then on it is refused.',
    request: { params: z.object({ id: z.string().max(64) }) },
    responses: ok(z.object({}), 'Revoked.'),
  },
);

export function createKeyRoutes(deps: IdentifyDeps) {
  return createApi()
    .openapi(list, async (context) => {
      const keys = await listApiKeys(deps.db, callerOf(context).userId);
      const data = keys.map(({ createdAt, expiresAt, lastUsedAt, ...shown }) => ({
        ...shown,
        created_at: createdAt,
        expires_at: expiresAt,
        last_used_at: lastUsedAt,
      }));
      return context.json(success(data), 200);
    })
    .openapi(create, async (context) => {
      const { expires_in_days: days, ...asked } = context.req.valid('json');
      const wanted = { ...asked, expiresInDays: days ?? null };
      return context.json(success(await createApiKey(deps, context, wanted)), 200);
    })
    .openapi(revoke, async (context) => {
      await revokeApiKey(deps.db, callerOf(context), context.req.valid('param').id);
      return context.json(success({}), 200);
    });
}
