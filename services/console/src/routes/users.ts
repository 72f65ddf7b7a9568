import { z } from '@hono/zod-openapi';
import type { Db } from '@orderlane/db/open-db';
import { listUsers } from '@orderlane/db/users';
import { userRoles } from '@orderlane/domain/user-role';
import { addUser, changeUser, makeLinkFor, userData } from '@orderlane/manage/manage-users';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { jsonBody } from '../http/json-body.ts';
import { inTransaction } from '../http/manager.ts';

export interface UsersDeps {
  db: Db;
}

const tags = ['users'];
const params = z.object({ id: z.string().max(64) });
const name = z.string().trim().min(1).max(100);
const tenantId = z.string().max(64).meta({
  description: 'The user whose accounts and strategies it works with; a new one: its own.',
});
const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(userRoles),
  tenant_id: z.string(),
  two_factor: z.boolean(),
  disabled_at: z.string().nullable(),
  created_at: z.string(),
});
const link = z.object({
  link: z.string().meta({ description: 'Sets the password, once, within a day.' }),
});

const list = route(
  { access: 'admin' },
  {
    method: 'get',
    path: '/users',
    tags,
    summary: 'All users',
    description: 'Everybody who may sign in, and who may not any more.',
    responses: ok(z.array(user), 'The users.'),
  },
);

const add = route(
  { access: 'admin', errors: ['user_exists', 'unknown_user'] },
  {
    method: 'post',
    path: '/users/new',
    tags,
    summary: 'Add a user',
    description:
      'Answers a one-time link by which the user chooses a password. A viewer looks, a trader changes what its tenant has, an administrator everything.',
    request: jsonBody(
      z.strictObject({
        name,
        email: z.email().toLowerCase().max(254),
        role: z.enum(userRoles),
        tenant_id: tenantId.optional(),
      }),
    ),
    responses: ok(user.extend(link.shape), 'The new user.'),
  },
);

const edit = route(
  { access: 'admin', errors: ['unknown_user', 'last_admin'] },
  {
    method: 'post',
    path: '/users/{id}/edit',
    tags,
    summary: 'Change a user',
    description:
      'What is not sent stays. Disabling signs the user out everywhere and stops its keys.',
    request: {
      params,
      ...jsonBody(
        z.strictObject({
          name: name.optional(),
          role: z.enum(userRoles).optional(),
          tenant_id: tenantId.optional(),
          disabled: z.boolean().optional(),
        }),
      ),
    },
    responses: ok(user, 'The user.'),
  },
);

const makeLink = route(
  { access: 'admin', errors: ['unknown_user'] },
  {
    method: 'post',
    path: '/users/{id}/link',
    tags,
    summary: 'Make a link that sets a password',
    description:
      'For a user who forgot it; an older link is void. `end_two_factor` also takes away a second factor that is lost.',
    request: {
      params,
      body: {
        content: {
          'application/json': {
            schema: z.strictObject({ end_two_factor: z.boolean().default(false) }).partial(),
          },
        },
      },
    },
    responses: ok(user.extend(link.shape), 'The link.'),
  },
);

export function createUserRoutes({ db }: UsersDeps) {
  return createApi()
    .openapi(list, async (context) => {
      return context.json(success((await listUsers(db)).map(userData)), 200);
    })
    .openapi(add, async (context) => {
      const { tenant_id: tenant, ...asked } = context.req.valid('json');
      const added = await inTransaction(db, context, async (manager) => {
        return await addUser(manager, { ...asked, tenantId: tenant });
      });
      return context.json(success(withLink(context, added)), 200);
    })
    .openapi(edit, async (context) => {
      const { tenant_id: tenant, disabled, name: wanted, role } = context.req.valid('json');
      const change = {
        ...(wanted !== undefined && { name: wanted }),
        ...(role !== undefined && { role }),
        ...(tenant !== undefined && { tenantId: tenant }),
        ...(disabled !== undefined && { isDisabled: disabled }),
      };
      const { id: userId } = context.req.valid('param');
      const changed = await inTransaction(db, context, async (manager) => {
        return await changeUser(manager, { userId, change });
      });
      return context.json(success(userData(changed)), 200);
    })
    .openapi(makeLink, async (context) => {
      const { end_two_factor: endsTwoFactor = false } = context.req.valid('json');
      const { id: userId } = context.req.valid('param');
      const made = await inTransaction(db, context, async (manager) => {
        return await makeLinkFor(manager, { userId, endsTwoFactor });
      });
      return context.json(success(withLink(context, made)), 200);
    });
}

function withLink(
  context: ConsoleContext,
  { user: added, token }: Awaited<ReturnType<typeof addUser>>,
) {
  const { origin } = context.get('origin');
  return { ...userData(added), link: `${origin}/sign-in/link?token=${token}` };
}
