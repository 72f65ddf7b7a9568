import { accountData } from '@orderlane/manage/account-data';
import { probeOpenAlgo } from '@orderlane/manage/probe-openalgo';
import { replaceApiKey } from '@orderlane/manage/replace-api-key';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import { readApiKey } from '../account-to-add.ts';
import type { Answer, Cli } from '../cli.ts';
import { readAccountConfig } from '../config.ts';
import { getAccount } from '../resolve.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Gives an account another API key, which its OpenAlgo takes. @throws ManageError, ConfigError */
export async function setKey(cli: Cli, args: { account: string }): Promise<Answer> {
  const config = readAccountConfig(cli.environment);
  const box = openSecretBox(config);
  const account = await withDb(cli, async (db) => await getAccount(db, args.account));
  const apiKey = await readApiKey(cli);
  const { broker, mode } = await probeOpenAlgo({
    baseUrl: account.base_url,
    apiKey,
    allowPrivate: config.ALLOW_PRIVATE_OPENALGO,
  });
  const replaced = { accountId: account.id, apiKey, mode, box };
  const row = await inTransaction(cli, async (manager) => await replaceApiKey(manager, replaced));
  const text = `Account "${row.name}" has the new API key from the next call on (broker ${broker ?? 'unknown'}, mode ${row.mode ?? 'unknown'})`;
  return { data: { ...accountData(row), broker }, text };
}
