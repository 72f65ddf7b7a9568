import { randomUUID } from 'node:crypto';
import { type AccountId, brandIds, type OrderId, type StrategyId } from '@orderlane/domain/ids';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { answerFirst, claimNow, unclearOutcome } from '../claims.ts';
import { dataOf } from '../console-fixtures.ts';
import { makeAccount, makeStrategy, storeOrder } from '../factories.ts';
import { type Caller, openConsole, type TestConsole } from '../here-console.ts';

export type Person = Awaited<ReturnType<TestConsole['person']>>;

/** A console at which everything can be asked for with success, and who asks. */
export interface Scene extends TestConsole {
  openalgoUrl: string;
  admin: Person;
  /** The trader whose accounts, strategies and orders everything is about. */
  asha: Person;
  /** Looks at what is Asha's. */
  viewer: Person;
  /** A trader with a tenant of his own. */
  ravi: Person;
  newAccount(values?: { mode?: 'live' }): Promise<AccountId>;
  newStrategy(): Promise<{ accountId: AccountId; strategyId: StrategyId; mappingId: number }>;
  newOrder(): Promise<OrderId>;
  newIndeterminateOrder(): Promise<OrderId>;
  keyOf(person: Person, scopes: readonly string[]): Promise<Caller>;
}

export const plantedKey = 'planted-key-0123456789';

export async function openScene(): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const openalgo = await startSimulator({ apikeys: [plantedKey], mode: 'analyze', limits: 'off' });
  stack.defer(async () => await openalgo.stop());
  const settings = { HOST_SERVER: openalgo.url, SIGN_UP: 'open' };
  const console = stack.use(await openConsole(settings));
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const tenant = asha.user.tenant_id;
  return {
    ...console,
    openalgoUrl: openalgo.url,
    asha,
    admin: await console.person({ name: 'root', role: 'admin' }),
    viewer: await console.person({ name: 'meera', role: 'viewer', tenant }),
    ravi: await console.person({ name: 'ravi', role: 'trader' }),
    ...makers(console, { tenant, openalgoUrl: openalgo.url }),
    keyOf: async (person, scopes) => {
      const made = await person.post('/keys/new', { name: scopes.join(), scopes });
      return console.program(dataOf<{ key: string }>(made).key);
    },
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

type Makers = Pick<Scene, 'newAccount' | 'newStrategy' | 'newOrder' | 'newIndeterminateOrder'>;

function makers(
  { db, deps }: TestConsole,
  { tenant, openalgoUrl }: { tenant: string; openalgoUrl: string },
): Makers {
  const newAccount: Makers['newAccount'] = async ({ mode } = {}) => {
    const id = await makeAccount(db, { name: `asha ${randomUUID().slice(0, 8)}` });
    const live = mode === 'live' ? { mode, live_confirmed_at: null } : {};
    const sealed = { api_key_box: deps.box.seal(plantedKey), base_url: openalgoUrl };
    await db
      .updateTable('openalgo_accounts')
      .set({ user_id: tenant, ...sealed, ...live })
      .where('id', '=', id)
      .execute();
    return id;
  };
  const newStrategy: Makers['newStrategy'] = async () => {
    const accountId = await newAccount();
    const name = `asha ${randomUUID().slice(0, 8)}`;
    const strategyId = await makeStrategy(db, { account_id: accountId, user_id: tenant, name });
    const { id: mappingId } = await db
      .insertInto('strategy_symbol_mappings')
      .values({
        ...{ strategy_id: strategyId, signal_symbol: 'SBIN', symbol: 'SBIN' },
        ...{ exchange: 'NSE', product: 'MIS', quantity: 10 },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { accountId, strategyId, mappingId };
  };
  const newOrder = async () => await storeOrder({ db, ...(await newStrategy()) });
  return {
    newAccount,
    newStrategy,
    newOrder,
    newIndeterminateOrder: async () => {
      const orderId = await newOrder();
      await claimNow(db, { orderId });
      await answerFirst(db, { orderId, outcome: unclearOutcome });
      return orderId;
    },
  };
}

/** So many shares of SBIN that a strategy says it owns. */
export async function ownedBy(scene: Scene, strategyId: StrategyId, own: number): Promise<void> {
  const set = { instrument: 'NSE:SBIN:MIS', own, mode: 'analyze' };
  dataOf(await scene.asha.post(`/strategy/${brandIds.strategy(strategyId)}/position`, set));
}
