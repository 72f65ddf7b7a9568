import { z } from '@hono/zod-openapi';
import { accessLevels, userRoles } from '@orderlane/domain/user-role';
import type { IdentifyDeps } from '../auth/identify.ts';
import {
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  endSecondFactor,
} from '../auth/own-sign-in.ts';
import { passwordLength } from '../auth/password-length.ts';
import { listSessions, revokeSession } from '../auth/sessions.ts';
import { callerOf } from '../http/access.ts';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';

const nothing = z.object({});
const password = z.strictObject({ password: z.string().min(1).max(200) });
const code = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
});
const tags = ['own sign-in'];

const me = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/me',
    tags,
    summary: 'Who is signed in',
    description: 'The user of the session or of the API key, and what it may do.',
    responses: ok(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(userRoles),
        tenant_id: z.string(),
        by: z.enum(['session', 'key']),
        scopes: z.array(z.enum(accessLevels)).nullable(),
      }),
      'The caller.',
    ),
  },
);

const newPassword = route(
  { access: 'person', errors: ['wrong_password'] },
  {
    method: 'post',
    path: '/me/password',
    tags,
    summary: 'Change the own password',
    description: 'Ends every other session of the user.',
    request: jsonBody(
      z.strictObject({
        current: z.string().min(1).max(200),
        new: z.string().min(passwordLength.min).max(passwordLength.max),
      }),
    ),
    responses: ok(nothing, 'Changed.'),
  },
);

const sessions = route(
  { access: 'person' },
  {
    method: 'get',
    path: '/me/sessions',
    tags,
    summary: 'The own sessions',
    description: 'Where the user is signed in.',
    responses: ok(
      z.array(
        z.object({
          id: z.string(),
          is_this: z.boolean(),
          created_at: z.string(),
          expires_at: z.string(),
          ip_address: z.string().nullable(),
          user_agent: z.string().nullable(),
        }),
      ),
      'The sessions that have not expired.',
    ),
  },
);

const endSession = route(
  { access: 'person', errors: ['unknown_session'] },
  {
    method: 'post',
    path: '/me/sessions/{id}/revoke',
    tags,
    summary: 'End a session',
    description: 'Signs the user out there.',
    request: { params: z.object({ id: z.string().max(64) }) },
    responses: ok(nothing, 'Ended.'),
  },
);

const begin = route(
  { access: 'person', errors: ['wrong_password', 'two_factor_state'] },
  {
    method: 'post',
    path: '/me/two-factor/begin',
    tags,
    summary: 'Begin a second factor',
    description:
      'Answers the address for an authenticator app and the backup codes, once. It counts only after `confirm`.',
    request: jsonBody(password),
    responses: ok(
      z.object({ totp_uri: z.string(), backup_codes: z.array(z.string()) }),
      'What the app is to be told.',
    ),
  },
);

const confirm = route(
  { access: 'person', errors: ['wrong_code', 'two_factor_state', 'sign_in_limited'] },
  {
    method: 'post',
    path: '/me/two-factor/confirm',
    tags,
    summary: 'Confirm the second factor',
    description: 'With a code of the app: from then on each sign-in asks for one.',
    request: jsonBody(code),
    responses: ok(nothing, 'The second factor is on.'),
  },
);

const end = route(
  { access: 'person', errors: ['wrong_password', 'two_factor_state'] },
  {
    method: 'post',
    path: '/me/two-factor/end',
    tags,
    summary: 'End the second factor',
    description: 'From then on the password is enough.',
    request: jsonBody(password),
    responses: ok(nothing, 'The second factor is off.'),
  },
);

export function createMeRoutes(deps: IdentifyDeps) {
  return createApi()
    .openapi(me, (context) => {
      const { userId: id, name, email, role, tenantId: tenant_id, by, scopes } = callerOf(context);
      const data = { id, name, email, role, tenant_id, by, scopes: scopes && [...scopes] };
      return context.json(success(data), 200);
    })
    .openapi(newPassword, async (context) => {
      const { current, new: wanted } = context.req.valid('json');
      await changePassword(deps, context, { current, wanted });
      return context.json(success({}), 200);
    })
    .openapi(sessions, async (context) => {
      return context.json(success(await listSessions(deps.db, callerOf(context))), 200);
    })
    .openapi(endSession, async (context) => {
      await revokeSession(deps.db, callerOf(context), context.req.valid('param').id);
      return context.json(success({}), 200);
    })
    .openapi(begin, async (context) => {
      const asked = context.req.valid('json').password;
      const { totpUri, backupCodes } = await beginSecondFactor(deps, context, asked);
      return context.json(success({ totp_uri: totpUri, backup_codes: backupCodes }), 200);
    })
    .openapi(confirm, async (context) => {
      await confirmSecondFactor(deps, context, context.req.valid('json').code);
      return context.json(success({}), 200);
    })
    .openapi(end, async (context) => {
      await endSecondFactor(deps, context, context.req.valid('json').password);
      return context.json(success({}), 200);
    });
}
