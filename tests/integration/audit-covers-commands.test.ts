import { writeFile } from 'node:fs/promises';
import { keepSealedSecret } from '@orderlane/db/sealed-secrets';
import { insertUser } from '@orderlane/db/users';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { createSecretBox } from '@orderlane/runtime/secret-box';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { listCommands } from '../support/commands-of.ts';
import { storeOrder } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';
import { makeOpenAlgoDb, openAlgoStrategy } from '../support/openalgo-db.ts';
import { readTables } from '../support/table-contents.ts';

/** The secrets of this test: none may be in the audit log. */
const apiKey = 'planted-key-0123456789';
const secretKey = 'planted-secret-key-of-32-characters-0123';
const oldSecretKey = 'planted-old-secret-key-of-32-characters';

const stack = new AsyncDisposableStack();
let cli: Awaited<ReturnType<typeof openHereCli>>;
let address: string;
let folder: string;
let orderId: string;
const sealedKeys: string[] = [];

beforeAll(async () => {
  const simulator = await startSimulator({ apikeys: [apiKey], mode: 'live' });
  stack.defer(async () => await simulator.stop());
  address = simulator.url;
  cli = stack.use(await openHereCli({ ORDERLANE_SECRET_KEY: secretKey }));
  folder = stack.use(await makeTemporaryFolder()).path;
  makeOpenAlgoDb(`${folder}/openalgo.db`, { strategies: [openAlgoStrategy(1)] });
  await writeFile(`${folder}/symbols.csv`, 'INFY,NSE,5,MIS\n');
});
afterAll(async () => {
  await stack.disposeAsync();
});

interface Covered {
  args: () => string[];
  input?: string;
  /** What its row says was done; null: it changes nothing. */
  what: string | null;
  /** It ends with 1: it finds something wrong. */
  findsFaults?: boolean;
  /** What must be there first. */
  before?: () => Promise<void>;
}

async function loseAnOrder(): Promise<void> {
  const { db } = cli.parts;
  const { id: strategyId, account_id: accountId } = await db
    .selectFrom('strategies')
    .select(['id', 'account_id'])
    .where('name', '=', 'scans')
    .executeTakeFirstOrThrow();
  if (accountId === null) throw new Error('no account');
  const id = await storeOrder({ db, strategyId, accountId });
  await claimNow(db, { orderId: id });
  await answerFirst(db, { orderId: id, outcome: unclearOutcome });
  orderId = id;
}

/** Nothing is held or open any more. */
async function letGo(): Promise<void> {
  const { db } = cli.parts;
  await db
    .updateTable('orders')
    .set({ status: 'cancelled' })
    .where('status', '=', 'queued')
    .execute();
  await db.updateTable('closings').set({ status: 'verified' }).execute();
  await db.updateTable('positions').set({ own: 0 }).execute();
}

/** The last administrator stays one. */
async function addAdministrator(): Promise<void> {
  const values = { id: 'ravi', name: 'ravi', email: 'ravi@example.com', tenantId: 'ravi' };
  await insertUser(cli.parts.db, { ...values, role: 'admin' });
}

/** No strategy trades on the account any more; what its key was is remembered. */
async function loseStrategies(): Promise<void> {
  const { db } = cli.parts;
  await db.updateTable('strategies').set({ is_active: false, deleted_at: new Date() }).execute();
  const keys = ['api_key_box', 'api_key_fingerprint'] as const;
  const accounts = await db.selectFrom('openalgo_accounts').select(keys).execute();
  sealedKeys.push(...accounts.flatMap((row) => Object.values<string>(row)));
}

async function sealSignInUnderLostKey(): Promise<void> {
  const box = createSecretBox(oldSecretKey).seal('cookie-secret');
  await keepSealedSecret(cli.parts.db, { name: 'sign-in', box });
}

async function sealUnderOldKey(): Promise<void> {
  const box = createSecretBox(oldSecretKey);
  await cli.parts.db
    .updateTable('openalgo_accounts')
    .set({ api_key_box: box.seal(apiKey), api_key_fingerprint: box.fingerprint(apiKey) })
    .execute();
}

const sentence = 'Account main may trade with real money';
const make = ['--platform', 'chartink', '--chartink-action', 'BUY', '--position-scope', 'account'];

/** Every command, in an order in which each finds what it needs. */
const commands: Record<string, Covered> = {
  migrate: { args: () => [], what: null },
  'account add': { args: () => ['main', '--url', address], input: apiKey, what: 'account.add' },
  'account list': { args: () => [], what: null },
  'account set-key': { args: () => ['main'], input: apiKey, what: 'account.set_key' },
  'keys list': { args: () => [], what: null },
  'keys rotate': {
    before: sealUnderOldKey,
    args: () => [],
    input: `${oldSecretKey}\n`,
    what: 'keys.rotate',
  },
  'account trading-on': {
    args: () => ['main', '--confirm', sentence],
    what: 'account.trading_on',
  },
  'strategy create': { args: () => ['scans', ...make], what: 'strategy.create' },
  'mapping add': {
    args: () => ['scans', 'SBIN', '--exchange', 'NSE', '--product', 'MIS', '--quantity', '1'],
    what: 'mapping.add',
  },
  'mapping import': { args: () => ['scans', `${folder}/symbols.csv`], what: 'mapping.add' },
  'mapping list': { args: () => ['scans'], what: null },
  'strategy list': { args: () => [], what: null },
  'strategy show': { args: () => ['scans'], what: null },
  'orders settle': {
    before: loseAnOrder,
    args: () => [orderId, '--not-placed'],
    what: 'order.settle',
  },
  'keys renew-sign-in': {
    before: sealSignInUnderLostKey,
    args: () => ['--yes'],
    what: 'keys.renew_sign_in',
  },
  'import openalgo': {
    args: () => [`${folder}/openalgo.db`, '--apply'],
    what: 'strategy.import',
  },
  'account pause': { args: () => ['main', '--reason', 'news'], what: 'account.pause' },
  'account resume': { args: () => ['main'], what: 'account.resume' },
  stop: { args: () => ['--strategy', 'scans', '--halt'], what: 'brake.set' },
  brakes: { args: () => [], what: null },
  doctor: { args: () => [], what: null, findsFaults: true },
  resume: { args: () => ['--strategy', 'scans', '--cancel-entries'], what: 'brake.release' },
  'audit list': { args: () => [], what: null },
  'audit verify': { args: () => [], what: null },
  'audit export': { args: () => [], what: null },
  'audit prune': { args: () => ['--before', '2020-01-01', '--yes'], what: null },
  'positions set': { args: () => ['scans', 'NSE:SBIN:MIS', '5'], what: 'position.set' },
  'positions list': { args: () => [], what: null },
  exit: { args: () => ['scans', 'SBIN'], what: 'strategy.exit' },
  'positions rebuild': {
    before: async () => {
      await cli.parts.db.updateTable('positions').set({ own: 3 }).execute();
    },
    args: () => [],
    what: 'positions.rebuild',
  },
  closings: { args: () => [], what: null },
  'square-offs': { args: () => [], what: null },
  'square-off preview': { args: () => [], what: null },
  'calendar add': {
    args: () => ['2027-02-01', 'NSE,NFO', '09:15-15:30'],
    what: 'calendar.add',
  },
  'calendar list': { args: () => [], what: null },
  'calendar remove': { args: () => ['2027-02-01'], what: 'calendar.remove' },
  'user add': { args: () => ['asha@example.com', '--role', 'admin'], what: 'user.add' },
  'user list': { args: () => [], what: null },
  'user link': { args: () => ['asha@example.com'], what: 'user.link' },
  'user change': {
    before: addAdministrator,
    args: () => ['asha@example.com', '--role', 'viewer'],
    what: 'user.change',
  },
  signals: { args: () => [], what: null },
  orders: { args: () => [], what: null },
  'mapping edit': {
    before: letGo,
    args: () => ['scans', 'SBIN', '--quantity', '2'],
    what: 'mapping.edit',
  },
  'mapping delete': {
    before: letGo,
    args: () => ['scans', 'INFY'],
    what: 'mapping.delete',
  },
  'restore mark': { args: () => ['--yes'], what: 'restore.mark' },
  restore: { args: () => [], what: null },
  'restore release': { args: () => ['--yes'], what: 'restore.release' },
  'strategy toggle': { args: () => ['scans', '--off'], what: 'strategy.toggle' },
  'strategy edit': { args: () => ['scans', '--max-entries', '2'], what: 'strategy.edit' },
  'strategy delete': { args: () => ['scans'], what: 'strategy.delete' },
  'account delete': { before: loseStrategies, args: () => ['main'], what: 'account.delete' },
};

test('every command of the command line is looked at here', () => {
  expect(Object.keys(commands).sort()).toEqual(listCommands().sort());
});

/** While it is set nothing can be written to the audit log. */
async function breakLog(isBroken: boolean): Promise<void> {
  const { db } = cli.parts;
  await sql`drop trigger if exists broken on audit_log`.execute(db);
  if (!isBroken) return;
  await sql`create or replace function break_log() returns trigger language plpgsql as $$
    begin raise exception 'the log is broken'; end $$`.execute(db);
  await sql`create trigger broken before insert on audit_log for each row execute function break_log()`.execute(
    db,
  );
}

async function listWhat(): Promise<string[]> {
  const rows = await cli.parts.db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  for (const { who, origin } of rows) {
    expect({ who, origin }).toEqual({ who: 'cli:asha', origin: 'terminal on test' });
  }
  return rows.map(({ what }) => what);
}

describe.each(Object.entries(commands))(
  '%s',
  (name, { args, input, what, before, findsFaults }) => {
    const nothing = findsFaults
      ? { code: 1, stderr: expect.stringContaining('something_wrong') as unknown }
      : { code: 0, stderr: '' };
    const run = async () => await cli.run([...name.split(' '), ...args()], input);

    test('changes nothing where it cannot write down what it does', async () => {
      await before?.();
      const tables = await readTables(cli.parts.db);
      await breakLog(true);
      const { code, stderr } = await run();
      await breakLog(false);
      expect({ code, stderr }).toEqual(
        what === null ? nothing : { code: 1, stderr: expect.stringContaining('the log is broken') },
      );
      expect(await readTables(cli.parts.db)).toBe(tables);
    });

    test('writes down what it changes, and that only', async () => {
      const [tables, rows] = [await readTables(cli.parts.db), await listWhat()];
      expect(await run()).toMatchObject(nothing);
      expect((await readTables(cli.parts.db)) !== tables).toBe(what !== null);
      expect(await listWhat()).toEqual([...rows, ...(what === null ? [] : [what])]);
    });
  },
);

test('no secret is in the audit log', async () => {
  const { db } = cli.parts;
  const rows = await db.selectFrom('audit_log').selectAll().execute();
  const strategies = await db.selectFrom('strategies').select('webhook_id').execute();
  const secrets = [...strategies.map((row) => row.webhook_id), ...sealedKeys];
  expect(secrets).toHaveLength(4);
  const log = JSON.stringify(rows);
  for (const secret of [apiKey, secretKey, oldSecretKey, ...secrets])
    expect(log).not.toContain(secret);
});
