import type { z } from '@hono/zod-openapi';
import type { AccountRow } from '@orderlane/db/accounts';
import type { AccountId } from '@orderlane/domain/ids';
import { parseRates } from '@orderlane/domain/rate';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { addAccount } from '@orderlane/manage/add-account';
import { checkAccount } from '@orderlane/manage/check-account';
import { editAccount } from '@orderlane/manage/edit-account';
import { getAccount } from '@orderlane/manage/find-owned';
import { saveError } from '@orderlane/manage/manage-error';
import { probeOpenAlgo } from '@orderlane/manage/probe-openalgo';
import { replaceApiKey } from '@orderlane/manage/replace-api-key';
import { callerOf } from '../http/access.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { type accountEdit, type newAccountForm, showAccount } from '../schemas/account.ts';

/** Adds an account to the caller's tenant. @throws ManageError */
export async function addOwnAccount(
  deps: ManageDeps,
  context: ConsoleContext,
  form: z.output<typeof newAccountForm>,
) {
  const { box, allowPrivate, hostServer } = deps;
  const { order_rate, smart_order_rate } = form;
  refuseRates({ order_rate, smart_order_rate });
  const baseUrl = form.base_url ?? hostServer ?? '';
  const draft = checked({ name: form.name, baseUrl, apiKey: form.api_key });
  const probed = await probeOpenAlgo({ ...draft, allowPrivate });
  const owner = callerOf(context).tenantId;
  const wanted = { ...draft, ...probed, tradesElsewhere: form.trades_elsewhere, owner };
  const row = await inTransaction(deps.db, context, async (manager) => {
    const added = await addAccount(manager, { account: wanted, box });
    if (order_rate === null && smart_order_rate === null) return added;
    const rates = { accountId: added.id, values: { order_rate, smart_order_rate } };
    return await editAccount(manager, { ...rates, isSameBroker: true });
  });
  const { broker, mode, latencyMs } = probed;
  const shown = { ...showAccount(row), broker, mode, latency_ms: latencyMs };
  return { ...shown, warnings: doubtRates(row) };
}

/** Changes an account; what it is asked with is tried first. @throws ManageError */
export async function changeAccount(
  deps: ManageDeps,
  context: ConsoleContext,
  { id: accountId, edit }: { id: AccountId; edit: z.output<typeof accountEdit> },
): Promise<AccountRow> {
  const { box, allowPrivate } = deps;
  const { api_key: givenKey, same_broker: isSameBroker, ...given } = edit;
  const before = await getAccount(managerOf(deps.db, context), accountId);
  refuseRates(given);
  const draft = checked({
    name: given.name ?? before.name,
    baseUrl: given.base_url ?? before.base_url,
    apiKey: givenKey ?? 'the one that is stored',
  });
  const isAskedAnew = givenKey !== undefined || draft.baseUrl !== before.base_url;
  const apiKey = givenKey === undefined ? undefined : draft.apiKey;
  const probed = isAskedAnew
    ? await probeOpenAlgo({
        baseUrl: draft.baseUrl,
        apiKey: apiKey ?? box.open(before.api_key_box),
        allowPrivate,
      })
    : undefined;
  const values = withoutUndefined({ ...given, name: draft.name, base_url: draft.baseUrl });
  return await inTransaction(deps.db, context, async (manager) => {
    const changed = await editAccount(manager, { accountId, values, isSameBroker });
    if (apiKey === undefined) return changed;
    return await replaceApiKey(manager, { accountId, apiKey, mode: probed?.mode ?? null, box });
  });
}

function checked(draft: Parameters<typeof checkAccount>[0]) {
  const result = checkAccount(draft);
  if (!result.ok) throw saveError('invalid_account', result.issues);
  return result.account;
}

function refuseRates(rates: {
  order_rate?: string | null | undefined;
  smart_order_rate?: string | null | undefined;
}): void {
  const issues: SaveIssue[] = [];
  for (const field of ['order_rate', 'smart_order_rate'] as const) {
    const rate = rates[field];
    const isWrong = typeof rate === 'string' && parseRates(rate) === undefined;
    if (isWrong) issues.push({ field, text: `${rate} is no rate such as "10 per second"` });
  }
  if (issues.length > 0) throw saveError('invalid_account', issues);
}

/** Without a registration an exchange lets a client's programs send so many orders a second (SEBI, 2025). */
const unregisteredPerSecond = 10;

/** What is saved, and what brokers are likely to reject. */
export function doubtRates({ order_rate: rate }: Pick<AccountRow, 'order_rate'>): {
  field: string;
  warning: string;
}[] {
  const rates = rate === null ? [] : (parseRates(rate) ?? []);
  const perSecond = Math.min(...rates.map(({ count, perMs }) => (count * 1000) / perMs));
  if (rates.length === 0 || perSecond <= unregisteredPerSecond) return [];
  const warning = `Brokers reject what is above ${unregisteredPerSecond} orders per second, unless your programs are registered: ${rate} is more`;
  return [{ field: 'order_rate', warning }];
}

function withoutUndefined<T extends object>(values: T) {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
