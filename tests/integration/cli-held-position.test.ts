import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { sendOrder } from '../support/positions.ts';

let holder: Holder;

beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const json = async (...args: string[]) => await holder.cli.json(args);
const closingsOpen = async () =>
  await holder.seed.db
    .selectFrom('closings')
    .select(['cause', 'status', 'scope'])
    .where('status', '=', 'open')
    .execute();

/** Each removes what leads signals to the 10 SBIN. */
const changes: [string, string[]][] = [
  ['a mapping that is deleted', ['mapping', 'delete', 'Holder', 'SBIN']],
  [
    'another symbol',
    ['mapping', 'edit', 'Holder', 'SBIN', '--symbol', 'SBIN28OCT26FUT', '--exchange', 'NFO'],
  ],
  ['another product', ['mapping', 'edit', 'Holder', 'SBIN', '--product', 'CNC']],
  [
    'another name for senders',
    ['mapping', 'edit', 'Holder', 'SBIN', '--signal-symbol', 'STATE BANK'],
  ],
];

describe.each(changes)('%s', (_name, args) => {
  it('keeps what is held for exits, and says so', async () => {
    const { code, stdout } = await holder.cli.run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('Kept for exits until it is flat: NSE:SBIN MIS 10\n');
    expect(await holder.kept()).toEqual(['SBIN']);
    expect(await holder.queued()).toEqual([]);
  });

  it('--close-now opens its closing, and keeps it for exits until that is done', async () => {
    expect(await json(...args, '--close-now')).toMatchObject({
      choice: 'close_now',
      held: [{ symbol: 'SBIN', own: 10, open_orders: 0 }],
      closings: [{ symbol: 'SBIN', action: 'SELL', quantity: 10 }],
    });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
    expect(await closingsOpen()).toEqual([{ cause: 'person', status: 'open', scope: 'strategy' }]);
    expect(await holder.kept()).toEqual(['SBIN']);
  });

  it('--forget is taken at its word and written down', async () => {
    await json(...args, '--forget');
    expect(await holder.owned()).toEqual({ SBIN: 0 });
    expect(await holder.kept()).toEqual([]);
    const rows = await holder.seed.db.selectFrom('audit_log').selectAll().execute();
    expect(rows).toMatchObject([
      {
        who: 'cli:asha',
        before: { held: [{ symbol: 'SBIN', own: 10 }] },
        after: { choice: 'forget' },
      },
    ]);
  });
});

test('what signals go on reaching is left alone', async () => {
  const edit = ['mapping', 'edit', 'Holder', 'SBIN', '--quantity', '25'];
  expect(await json(...edit, '--close-now')).toMatchObject({
    quantity: 25,
    held: [],
    closings: [],
  });
  expect(await json('mapping', 'delete', 'Holder', 'INFY', '--forget')).toMatchObject({ held: [] });
  expect(await holder.owned()).toEqual({ SBIN: 10 });
});

test('a mapping that takes a symbol from * keeps what * had bought', async () => {
  await json('mapping', 'delete', 'Holder', 'SBIN');
  const nse = ['--exchange', 'NSE', '--quantity', '10'];
  await json('mapping', 'add', 'Holder', '*', ...nse, '--product', 'MIS');
  await holder.seed.db.deleteFrom('former_mappings').execute();
  const added = await json('mapping', 'add', 'Holder', 'SBIN', ...nse, '--product', 'CNC');
  expect(added).toMatchObject({ kept: [{ symbol: 'SBIN', product: 'MIS', own: 10 }] });
  expect(await holder.kept()).toEqual(['SBIN']);
});

test('entries that were not sent are void with their mapping', async () => {
  await storeOrder(holder.seed, {});
  await json('mapping', 'delete', 'Holder', 'SBIN');
  expect(await holder.queued()).toEqual([]);
});

test('what is on its way is never forgotten', async () => {
  await sendOrder(holder.seed.db, await storeOrder(holder.seed, {}));
  for (const args of [
    ['mapping', 'delete', 'Holder', 'SBIN', '--forget'],
    ['strategy', 'delete', 'Holder', '--forget'],
  ]) {
    const { code, stderr } = await holder.cli.run(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error orders_on_their_way: .*NSE:SBIN MIS 10 and 1 open order\b/);
  }
  expect(await holder.owned()).toEqual({ SBIN: 10 });
  expect(await json('mapping', 'list', 'Holder')).toHaveLength(2);
});

test('two choices at once are none', async () => {
  const { code } = await holder.cli.run([
    ...['mapping', 'delete', 'Holder', 'SBIN', '--forget', '--close-now'],
  ]);
  expect(code).toBe(2);
  expect(await json('mapping', 'list', 'Holder')).toHaveLength(2);
});

describe('toggle', () => {
  it('asks for a word where something is held, and does nothing without', async () => {
    const { code, stderr } = await holder.cli.run(['strategy', 'toggle', 'Holder']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error holds_position: .*SBIN MIS 10.*--exits-only.*--off.*--close-now/,
    );
    expect(await json('strategy', 'show', 'Holder')).toMatchObject({ is_active: true });
  });

  it('--off always works, and says what stays open', async () => {
    const { stdout } = await holder.cli.run(['strategy', 'toggle', 'Holder', '--off']);
    expect(stdout).toContain('is off: its signals are refused, exits included');
    expect(stdout).toContain('Still open: NSE:SBIN MIS 10');
    expect(await holder.queued()).toEqual([]);
  });

  it('--exits-only leaves it active for exits', async () => {
    await json('strategy', 'toggle', 'Holder', '--exits-only');
    expect(await json('strategy', 'list')).toMatchObject([{ is_active: true, exits_only: true }]);
    expect((await holder.cli.run(['strategy', 'list'])).stdout).toContain('exits only');
    await json('strategy', 'toggle', 'Holder', '--on');
    expect(await json('strategy', 'list')).toMatchObject([{ is_active: true, exits_only: false }]);
  });

  it('--close-now turns it off and closes', async () => {
    expect(await json('strategy', 'toggle', 'Holder', '--close-now')).toMatchObject({
      ...{ activity: 'off', is_active: false },
      closings: [{ symbol: 'SBIN', action: 'SELL', quantity: 10 }],
    });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
  });

  it('--exits-only --close-now closes and goes on taking exits', async () => {
    const both = ['--exits-only', '--close-now'];
    expect(await json('strategy', 'toggle', 'Holder', ...both)).toMatchObject({
      activity: 'exits_only',
      closings: [{ symbol: 'SBIN' }],
    });
  });
});

describe('delete', () => {
  it('waits until it is flat, and takes exits alone until then', async () => {
    const { stdout } = await holder.cli.run(['strategy', 'delete', 'Holder']);
    expect(stdout).toContain('is deleted once it is flat');
    expect(await json('strategy', 'list')).toMatchObject([
      { is_active: true, exits_only: true, delete_when_flat: true },
    ]);
    expect((await holder.cli.run(['strategy', 'list'])).stdout).toContain('going');
  });

  it('--close-now closes first', async () => {
    expect(await json('strategy', 'delete', 'Holder', '--close-now')).toMatchObject({
      deleted: false,
      closings: [{ symbol: 'SBIN', quantity: 10 }],
    });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
  });

  it('--forget deletes at once, and nothing is held by it any more', async () => {
    expect(await json('strategy', 'delete', 'Holder', '--forget')).toMatchObject({ deleted: true });
    expect(await json('strategy', 'list')).toEqual([]);
    expect(await json('positions', 'list')).toEqual([]);
  });

  it('is taken back by turning it on', async () => {
    await json('strategy', 'delete', 'Holder');
    await json('strategy', 'toggle', 'Holder', '--on');
    expect(await json('strategy', 'list')).toMatchObject([{ delete_when_flat: false }]);
  });
});
