import type { Db } from '@orderlane/db/open-db';
import { findUser, findUserByEmail, type UserRow } from '@orderlane/db/users';
import type { UserRole } from '@orderlane/domain/user-role';
import { ManageError } from '@orderlane/manage/manage-error';
import { addUser, changeUser, makeLinkFor, userData } from '@orderlane/manage/manage-users';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { readConsoleUrl } from '../config.ts';
import { inTransaction } from '../with-db.ts';

interface NewUser {
  email: string;
  name: string | undefined;
  role: UserRole;
  tenant: string | undefined;
}

/** @throws ManageError invalid_request, user_exists, unknown_user (of the tenant) */
export async function addNewUser(cli: Cli, asked: NewUser): Promise<Answer> {
  const { email, role, tenant } = asked;
  const name = asked.name ?? email.split('@')[0] ?? '';
  return await inTransaction(cli, async (manager) => {
    const tenantId = tenant === undefined ? undefined : (await getUser(manager.db, tenant)).id;
    return withLink(cli, await addUser(manager, { email, name, role, tenantId }));
  });
}

/** @throws ManageError unknown_user; ConfigError */
export async function makeLink(
  cli: Cli,
  { user, endsTwoFactor }: { user: string; endsTwoFactor: boolean },
): Promise<Answer> {
  return await inTransaction(cli, async (manager) => {
    const { id: userId } = await getUser(manager.db, user);
    return withLink(cli, await makeLinkFor(manager, { userId, endsTwoFactor }));
  });
}

interface ChangeAsked {
  user: string;
  role: UserRole | undefined;
  tenant: string | undefined;
  disable: boolean | undefined;
  enable: boolean | undefined;
}

/** @throws CliError nothing_to_change; ManageError unknown_user, last_admin */
export async function changeOldUser(cli: Cli, asked: ChangeAsked): Promise<Answer> {
  const { user, role, tenant, disable, enable } = asked;
  if ((disable && enable) || !(disable || enable || role || tenant)) {
    const what = '--role, --tenant, --disable or --enable';
    throw new CliError('nothing_to_change', `Say what is to be changed: ${what}`);
  }
  return await inTransaction(cli, async (manager) => {
    const { id: userId } = await getUser(manager.db, user);
    const change = {
      ...(role !== undefined && { role }),
      ...(tenant !== undefined && { tenantId: (await getUser(manager.db, tenant)).id }),
      ...((disable || enable) && { isDisabled: disable === true }),
    };
    const changed = await changeUser(manager, { userId, change });
    const state = changed.disabled_at === null ? changed.role : 'disabled';
    return { data: userData(changed), text: `${changed.email} is ${state} now` };
  });
}

/** By e-mail or id. @throws ManageError unknown_user */
async function getUser(db: Db, emailOrId: string): Promise<UserRow> {
  const user = (await findUserByEmail(db, emailOrId)) ?? (await findUser(db, emailOrId));
  if (user !== undefined) return user;
  throw new ManageError('unknown_user', `There is no user ${emailOrId}`);
}

function withLink(cli: Cli, { user, token }: { user: UserRow; token: string }): Answer {
  const link = `${readConsoleUrl(cli.environment)}/sign-in/link?token=${token}`;
  const text = `${user.email} chooses a password here, once and within a day:\n${link}`;
  return { data: { ...userData(user), link }, text };
}
