import type { AccountRow } from '@orderlane/db/accounts';
import { listSealedBoxes } from '@orderlane/db/sealed-boxes';
import { accountData, mayTrade } from '@orderlane/manage/account-data';
import { addAccount } from '@orderlane/manage/add-account';
import { owner } from '@orderlane/manage/owner';
import { type ProbedOpenAlgo, probeOpenAlgo } from '@orderlane/manage/probe-openalgo';
import { checkSecretKey } from '@orderlane/runtime/check-secret-key';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import { type AskedAccount, readAccountToAdd } from '../account-to-add.ts';
import type { Answer, Cli } from '../cli.ts';
import { readAccountConfig } from '../config.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Stores an account whose OpenAlgo takes its key. @throws CliError, ManageError, ConfigError */
export async function addNewAccount(cli: Cli, asked: AskedAccount): Promise<Answer> {
  const config = readAccountConfig(cli.environment);
  const baseUrl = asked.baseUrl ?? config.HOST_SERVER;
  const box = openSecretBox(config);
  const secrets = await withDb(cli, listSealedBoxes);
  // What is sealed under a key that the services do not have would be of no use to them.
  checkSecretKey(
    box,
    secrets.map((secret) => secret.box),
  );
  const account = await readAccountToAdd(cli, { ...asked, baseUrl });
  const probed = await probeOpenAlgo({ ...account, allowPrivate: config.ALLOW_PRIVATE_OPENALGO });
  const toAdd = { ...account, ...probed, owner };
  const row = await inTransaction(
    cli,
    async (manager) => await addAccount(manager, { account: toAdd, box }),
  );
  return { data: { ...accountData(row), broker: probed.broker }, text: describe(row, probed) };
}

function describe(row: AccountRow, { broker }: ProbedOpenAlgo): string {
  const what = [
    `Account "${row.name}" (${row.id}) at ${row.base_url}`,
    `Broker ${broker ?? 'unknown'}, mode ${row.mode ?? 'unknown'}`,
  ];
  if (row.mode === null) {
    what.push('OpenAlgo takes the key but does not tell its mode: is its broker login missing?');
  }
  if (!mayTrade(row)) {
    what.push(
      'Nothing is sent before you say that it may trade with real money:',
      `account trading-on "${row.name}"`,
    );
  }
  return what.join('\n');
}
