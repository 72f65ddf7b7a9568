import { count } from '@orderlane/manage/brake-words';
import { type RenewedSignIn, renewSignIn } from '@orderlane/manage/renew-sign-in';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import type { Answer, Cli } from '../cli.ts';
import { readSecretConfig } from '../config.ts';
import { confirm } from '../confirm.ts';
import { inTransaction } from '../with-db.ts';

/** After the secret key was lost: the console starts again. @throws CliError confirmation_missing */
export async function renewSignInSecret(
  cli: Cli,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<Answer> {
  const box = openSecretBox(readSecretConfig(cli.environment));
  if (!isConfirmed) {
    const why = 'Everybody is signed out of the console, and second factors are taken away.';
    await confirm(cli, 'renew sign-in', why);
  }
  const renewed = await inTransaction(cli, async (manager) => await renewSignIn(manager, box));
  return { data: dataOf(renewed), text: describe(renewed) };
}

function dataOf(renewed: RenewedSignIn | undefined) {
  return {
    renewed: renewed !== undefined,
    sessions_ended: renewed?.sessionsEnded ?? 0,
    second_factors_removed: renewed?.secondFactorsRemoved ?? 0,
  };
}

function describe(renewed: RenewedSignIn | undefined): string {
  if (renewed === undefined) return 'Nothing to do: what the console signs sessions with opens';
  const { sessionsEnded, secondFactorsRemoved } = renewed;
  return [
    `${count(sessionsEnded, 'session')} ended, ${count(secondFactorsRemoved, 'second factor')} taken away.`,
    'Restart the console; everybody signs in by password and sets up the second factor anew.',
  ].join('\n');
}
