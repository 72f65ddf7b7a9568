import { type AccountRow, insertAccount } from '@orderlane/db/accounts';
import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { createSecretBox, type SecretBox } from '@orderlane/runtime/secret-box';
import { type AccountToAdd, type AskedAccount, readAccountToAdd } from '../account-to-add.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { readAccountConfig } from '../config.ts';
import { owner } from '../owner.ts';
import { type ProbedOpenAlgo, probeOpenAlgo } from '../probe-openalgo.ts';
import { getAccount } from '../resolve.ts';
import { accountData, mayTrade } from '../show-account.ts';
import { refuseSecond } from '../unique.ts';
import { inTransaction } from '../with-db.ts';

/** Stores an account whose OpenAlgo takes its key. @throws CliError, ConfigError */
export async function addAccount(cli: Cli, asked: AskedAccount): Promise<Answer> {
  const config = readAccountConfig(cli.environment);
  const baseUrl = asked.baseUrl ?? config.HOST_SERVER;
  const account = await readAccountToAdd(cli, { ...asked, baseUrl });
  const probed = await probeOpenAlgo(account.baseUrl, account.apiKey);
  const box = createSecretBox(config.ORDERLANE_SECRET_KEY);
  const row = await inTransaction(cli, async (db) => {
    const id = await store(db, { ...account, ...probed }, box);
    const stored = await getAccount(db, String(id));
    await recordAudit(db, {
      who: cli.who,
      what: 'account.add',
      subject: `account ${id}`,
      after: accountData(stored),
    });
    return stored;
  });
  return { data: { ...accountData(row), broker: probed.broker }, text: describe(row, probed) };
}

async function store(
  db: Db,
  account: AccountToAdd & ProbedOpenAlgo,
  box: SecretBox,
): Promise<AccountRow['id']> {
  const { name, baseUrl, apiKey, mode, tradesElsewhere } = account;
  const insert = insertAccount(db, {
    userId: owner,
    name,
    baseUrl,
    apiKeyBox: box.seal(apiKey),
    apiKeyFingerprint: box.fingerprint(apiKey),
    mode,
    tradesElsewhere,
  });
  const text = `There is an account "${name}" already, or one at ${baseUrl} with this key`;
  return await refuseSecond(insert, new CliError('account_exists', text));
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
