import { listAccountKeys } from '@orderlane/db/account-keys';
import { raiseKeyUnreadable } from '@orderlane/db/key-alerts';
import { type AccountClients, createAccountClients } from '@orderlane/openalgo/account-clients';
import { createOpenAlgoClient } from '@orderlane/openalgo/client';
import { checkSecretKeyAtStart } from '@orderlane/runtime/check-secret-key';
import * as events from '@orderlane/runtime/events';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import type { Parts, Stores } from './stores.ts';

/** The accounts' OpenAlgos. @throws ConfigError when the secret key is not that of this database */
export async function openClients(
  { config, log, started }: Parts,
  { db }: Pick<Stores, 'db'>,
): Promise<AccountClients> {
  const box = openSecretBox(config);
  const listSealed = async () => (await listAccountKeys(db)).map((key) => key.api_key_box);
  await checkSecretKeyAtStart({ box, log }, listSealed);
  const onError = (event: string, text: string) => (err: unknown) => log.warn({ event, err }, text);
  return started.use(
    createAccountClients({
      open: (account) =>
        createOpenAlgoClient({
          baseUrl: account.base_url,
          apiKey: box.open(account.api_key_box),
          connectTimeoutMs: config.CONNECT_TIMEOUT_MS,
          keepAliveIdleMs: config.KEEP_ALIVE_IDLE_MS,
          allowPrivate: config.ALLOW_PRIVATE_OPENALGO,
        }),
      onError: onError('client_not_closed', 'client not closed'),
      onUnopened: ({ id: accountId }, { error, isOpen }) => {
        const reason = error instanceof Error ? error.message : String(error);
        events.accountKeyUnreadable(log, { accountId, reason, isOpen });
        const notTold = onError('alert_not_stored', 'an alert was not stored');
        raiseKeyUnreadable(db, { accountId, reason, isOpen }).catch(notTold);
      },
    }),
  );
}
