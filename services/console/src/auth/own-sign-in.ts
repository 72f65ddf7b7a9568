import { recordAudit } from '@orderlane/db/audit';
import { ManageError } from '@orderlane/manage/manage-error';
import { callerOf } from '../http/access.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { callAuth } from './auth-call.ts';
import { changeAuth, withAuth } from './change-auth.ts';
import { authFor, type IdentifyDeps } from './identify.ts';
import { useCodeOnce } from './sign-in.ts';

/**
 * A new password; the user is signed out everywhere else.
 * @throws ManageError wrong_password
 */
export async function changePassword(
  deps: IdentifyDeps,
  context: ConsoleContext,
  { current, wanted }: { current: string; wanted: string },
): Promise<void> {
  const body = { currentPassword: current, newPassword: wanted, revokeOtherSessions: true };
  await changeAuth(deps, context, {
    call: async (api, asked) => await api.changePassword({ ...asked, body }),
    entry: () => entryOf(context, 'user.password'),
  });
}

/**
 * Begins a second factor: it counts from the first right code on (`confirmSecondFactor`).
 * @throws ManageError wrong_password, two_factor_state
 */
export async function beginSecondFactor(
  deps: IdentifyDeps,
  context: ConsoleContext,
  password: string,
): Promise<{ totpUri: string; backupCodes: string[] }> {
  const { api } = authFor(deps, context);
  const body = { password, method: 'totp' } as const;
  const begun = await callAuth(
    context,
    async (asked) => await api.enableTwoFactor({ ...asked, body }),
  );
  if (begun.method !== 'totp') throw new ManageError('two_factor_state');
  return { totpUri: begun.totpURI, backupCodes: begun.backupCodes };
}

/** @throws ManageError wrong_code, two_factor_state */
export async function confirmSecondFactor(
  deps: IdentifyDeps,
  context: ConsoleContext,
  code: string,
): Promise<void> {
  const { who, from, userId } = callerOf(context);
  await withAuth(deps, context, {
    call: async (api, asked) => await api.verifyTOTP({ ...asked, body: { code } }),
    also: async (db) => {
      await useCodeOnce(db, { userId, code });
      await recordAudit(db, { who, from, ...entryOf(context, 'user.two_factor_on') });
    },
  });
}

/** @throws ManageError wrong_password, two_factor_state */
export async function endSecondFactor(
  deps: IdentifyDeps,
  context: ConsoleContext,
  password: string,
): Promise<void> {
  const body = { password };
  await changeAuth(deps, context, {
    call: async (api, asked) => await api.disableTwoFactor({ ...asked, body }),
    entry: () => entryOf(context, 'user.two_factor_off'),
  });
}

function entryOf(context: ConsoleContext, what: string) {
  return { what, subject: `user ${callerOf(context).userId}` };
}
