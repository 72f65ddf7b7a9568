import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { order, simulatorKey } from '../support/simulator.ts';

/** Asks a simulator on this file, and stops it. */
async function during<T>(
  { booksFile, clock }: { booksFile: string; clock: string },
  work: (post: (name: string, body?: object) => Promise<Answered>) => Promise<T>,
): Promise<T> {
  const running = await startSimulator({
    ...{ booksFile, clock, apikeys: [simulatorKey], limits: 'off' },
  });
  try {
    return await work(async (name, body = {}) => {
      const answer = await fetch(`${running.url}/api/v1/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apikey: simulatorKey, ...body }),
      });
      return (await answer.json()) as Answered;
    });
  } finally {
    await running.stop();
  }
}

interface Answered {
  orderid?: string;
  data: unknown;
}

const morning = '2026-10-05T10:00:00+05:30';

test('a second start goes on with orders, positions and numbers', async () => {
  await using folder = await makeTemporaryFolder();
  const at = { booksFile: path.join(folder.path, 'books.json'), clock: morning };
  const first = await during(at, async (post) => await post('placeorder', order()));
  const { second, orders, positions } = await during(at, async (post) => ({
    second: await post('placeorder', order()),
    orders: await post('orderbook'),
    positions: await post('positionbook'),
  }));
  expect(second.orderid).not.toBe(first.orderid);
  expect(orders.data).toMatchObject({
    orders: [
      { orderid: first.orderid, order_status: 'complete' },
      { orderid: second.orderid, order_status: 'complete' },
    ],
  });
  expect(positions.data).toMatchObject([{ symbol: 'SBIN', quantity: 10 }]);
});

test('another day begins as at a broker: what was delivered is held, the books are empty', async () => {
  await using folder = await makeTemporaryFolder();
  const booksFile = path.join(folder.path, 'books.json');
  await during({ booksFile, clock: morning }, async (post) => {
    await post('placeorder', order({ product: 'CNC' }));
    await post('placeorder', order());
  });
  const next = { booksFile, clock: '2026-10-06T10:00:00+05:30' };
  await during(next, async (post) => {
    expect((await post('orderbook')).data).toMatchObject({ orders: [] });
    expect((await post('holdings')).data).toMatchObject({
      holdings: [{ symbol: 'SBIN', quantity: 5 }],
    });
  });
});

test('without its file no number of the day comes again; a file that is none is refused', async () => {
  await using folder = await makeTemporaryFolder();
  const place = async (clock: string, name: string) =>
    await during(
      { booksFile: path.join(folder.path, name), clock },
      async (post) => (await post('placeorder', order())).orderid,
    );
  expect(await place('2026-10-05T10:00:05+05:30', 'one')).not.toBe(
    await place('2026-10-05T10:00:06+05:30', 'two'),
  );
  const broken = path.join(folder.path, 'broken');
  await writeFile(broken, '{"date":');
  await expect(place(morning, 'broken')).rejects.toThrow(/broken holds no books: delete it/);
});
