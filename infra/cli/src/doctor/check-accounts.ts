import { listAccountKeys } from '@orderlane/db/account-keys';
import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { listSealedBoxes } from '@orderlane/db/sealed-boxes';
import { mayTrade } from '@orderlane/manage/account-data';
import { ManageError } from '@orderlane/manage/manage-error';
import { probeOpenAlgo } from '@orderlane/manage/probe-openalgo';
import type { SecretBox } from '@orderlane/runtime/secret-box';
import { clockFinding } from './clock-finding.ts';
import { type Finding, note, well, wrong } from './finding.ts';

export interface AccountsToCheck {
  db: Db;
  box: SecretBox;
  /** ALLOW_PRIVATE_OPENALGO */
  allowPrivate: boolean;
}

/** HTTP tells the time in whole seconds, and the answer takes its time (ms). */
const mostOffsetMs = 2500;
const patienceMs = 5000;

/** Whether the stored secrets open, and what each account's OpenAlgo says. */
export async function checkAccounts(deps: AccountsToCheck): Promise<Finding[]> {
  const accounts = await listAccounts(deps.db);
  const secrets = await checkSecrets(deps);
  if (accounts.length === 0)
    return [...secrets, note('openalgo', 'there is no account yet', 'orderlane account add')];
  const found = await Promise.all(
    accounts.map(async (account) => await checkAccount(deps, account)),
  );
  return [...secrets, ...found.flat()];
}

async function checkSecrets({ db, box }: AccountsToCheck): Promise<Finding[]> {
  const closed = (await listSealedBoxes(db)).filter(
    (sealed) => openOr(box, sealed.box) === undefined,
  );
  if (closed.length === 0) return [well('secret_key', 'opens everything that is stored')];
  const text = `ORDERLANE_SECRET_KEY (key ${box.keyId}) does not open ${closed.map(({ what }) => what).join(', ')}`;
  const cure =
    'Set the key that it was sealed under, as ORDERLANE_SECRET_KEY_OLD where it is being replaced; lost: orderlane account set-key (docs/secret-key.md)';
  return [wrong('secret_key', text, cure)];
}

function openOr(box: SecretBox, sealed: string): string | undefined {
  try {
    return box.open(sealed);
  } catch {
    return undefined;
  }
}

async function checkAccount(deps: AccountsToCheck, account: AccountRow): Promise<Finding[]> {
  const { base_url: baseUrl, name } = account;
  const keys = await listAccountKeys(deps.db);
  const sealed = keys.find(({ id }) => id === account.id)?.api_key_box ?? '';
  const apiKey = openOr(deps.box, sealed);
  const probed =
    apiKey === undefined
      ? note('openalgo', `account "${name}": not asked, its key does not open`)
      : await probe({ baseUrl, apiKey, allowPrivate: deps.allowPrivate }, name);
  return [probed, ...stateOf(account), ...(await compareClock(baseUrl))];
}

async function probe(at: Parameters<typeof probeOpenAlgo>[0], name: string): Promise<Finding> {
  try {
    const { broker, mode, latencyMs } = await probeOpenAlgo(at);
    if (broker !== null) {
      return well(
        'openalgo',
        `account "${name}": ${broker} in mode ${mode ?? 'unknown'}, ${latencyMs} ms`,
      );
    }
    const text = `account "${name}": OpenAlgo at ${at.baseUrl} has no session with its broker: nothing can be sent`;
    return wrong('openalgo', text, 'Log in to the broker in OpenAlgo, as every morning');
  } catch (error) {
    if (!(error instanceof ManageError)) throw error;
    return wrong(
      'openalgo',
      `account "${name}": ${error.message}`,
      curesOf[error.code] ?? 'See docs/operations.md',
    );
  }
}

const curesOf: Partial<Record<string, string>> = {
  openalgo_unreachable: 'Start OpenAlgo, or correct the address: orderlane account edit',
  wrong_key: 'Enter its key: orderlane account set-key',
  not_openalgo: 'Correct the address: orderlane account edit',
};

function stateOf(account: AccountRow): Finding[] {
  const { name } = account;
  return [
    ...(mayTrade(account)
      ? []
      : [note('openalgo', `account "${name}" may not trade yet`, 'orderlane account trading-on')]),
    ...(account.paused_at === null
      ? []
      : [note('openalgo', `account "${name}" is paused`, 'orderlane account resume')]),
  ];
}

/** By the Date of any answer of its web server; nothing is said where there is none. */
async function compareClock(baseUrl: string): Promise<Finding[]> {
  try {
    const askedAtMs = Date.now();
    const response = await fetch(baseUrl, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const theirMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirMs)) return [];
    // Half a second: the header leaves the milliseconds out.
    const offsetMs = (askedAtMs + Date.now()) / 2 - theirMs - 500;
    return [
      clockFinding('openalgo_clock', { whose: `OpenAlgo at ${baseUrl}`, offsetMs }, mostOffsetMs),
    ];
  } catch {
    return [];
  }
}
