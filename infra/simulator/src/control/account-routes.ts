import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import { accountOf, bodyOf, ControlError, type ControlRoute } from './control-request.ts';

const apikey = z.string().optional();

const accountSchema = z.strictObject({
  apikey,
  mode: z.enum(['live', 'analyze']).optional(),
  semiAuto: z.boolean().optional(),
  sessionAlive: z.boolean().optional(),
  positionCacheMs: z.number().min(0).optional(),
});

/** Changes mode, semi-auto, broker session and position cache of an account. */
export const changeAccount: ControlRoute = (simulator, request) => {
  const change = bodyOf(accountSchema, request);
  const account = accountOf(simulator, change.apikey);
  account.mode = change.mode ?? account.mode;
  account.semiAuto = change.semiAuto ?? account.semiAuto;
  account.sessionAlive = change.sessionAlive ?? account.sessionAlive;
  account.positionCache.lifeMs = change.positionCacheMs ?? account.positionCache.lifeMs;
  account.positionCache.forget();
  return { account: shown(account) };
};

export const listAccounts: ControlRoute = ({ accounts }) => ({
  accounts: accounts.all().map(shown),
});

/** What the broker and the sandbox really hold, whatever faults make the API say. */
export const readBooks: ControlRoute = (simulator, request) => {
  const { apikey: key } = bodyOf(z.strictObject({ apikey }), request);
  const { live, sandbox } = accountOf(simulator, key);
  return { live: booksOf(live), sandbox: { ...booksOf(sandbox.book), funds: sandbox.funds } };
};

function booksOf(book: Account['live']) {
  return {
    orders: [...book.orders.values()],
    trades: book.trades,
    positions: [...book.positions.values()],
    holdings: [...book.holdings.values()],
  };
}

function shown(account: Account) {
  const { name, mode, semiAuto, sessionAlive, positionCache, pending } = account;
  return {
    name,
    mode,
    semiAuto,
    sessionAlive,
    positionCacheMs: positionCache.lifeMs,
    pending: [...pending.keys()],
  };
}

const decisionSchema = z.strictObject({
  apikey,
  id: z.number().int(),
  decision: z.enum(['approve', 'reject']),
});

/** A person decides in the Action Center; an approved order is placed now. */
export const decidePending: ControlRoute = (simulator, request) => {
  const { apikey: key, id, decision } = bodyOf(decisionSchema, request);
  const { pending } = accountOf(simulator, key);
  const order = pending.get(id);
  if (order === undefined) throw new ControlError(`no pending order ${id}`);
  pending.delete(id);
  return decision === 'approve' ? { answer: order.place() } : {};
};

const refusalSchema = z.strictObject({
  apikey,
  symbol: z.string(),
  endpoint: z.enum(['placeorder', 'placesmartorder']).optional(),
  status: z.number().int().min(200).max(599).default(400),
  message: z.string(),
});

/** From now on the broker refuses every order for a symbol. */
export const refuseSymbol: ControlRoute = (simulator, request) => {
  const { apikey: key, symbol, endpoint, status, message } = bodyOf(refusalSchema, request);
  const about = endpoint === undefined ? symbol : `${endpoint} ${symbol}`;
  accountOf(simulator, key).refusals.set(about, { status, message });
  return {};
};
