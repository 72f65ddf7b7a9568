import { once } from 'node:events';
import { request } from 'node:http';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { startConsoleProcess } from '../support/console.ts';
import { freshParts } from '../support/fresh-parts.ts';
import type { TestProcess } from '../support/start-process.ts';

test('a page elsewhere cannot reach the console through a name that points here', async () => {
  await using parts = await freshParts();
  await using board = await startConsoleProcess(parts);
  const { port } = new URL(board.url);
  const statusOf = async (host: string) => [host, await statusFor(board, host)];
  for (const own of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    expect(await statusOf(`${own}:${port}`)).toEqual([`${own}:${port}`, 200]);
  }
  for (const foreign of ['evil.example', '127.0.0.1.evil.example', 'localhost.', '10.0.0.1']) {
    expect(await statusOf(`${foreign}:${port}`)).toEqual([`${foreign}:${port}`, 403]);
  }
  for (const malformed of ['not a host', 'localhost@evil.example']) {
    expect([400, 403]).toContain(await statusFor(board, malformed));
  }
});

test('Prometheus, which asks by the address of a container, is given the figures and nothing else', async () => {
  await using parts = await freshParts();
  await using board = await startConsoleProcess(parts);
  const host = '10.231.80.3:8081';
  expect(await statusFor(board, host, '/metrics')).toBe(200);
  expect(await statusFor(board, host, '/readyz')).toBe(200);
  expect(await statusFor(board, host, '/sign-in')).toBe(403);
  expect(await statusFor(board, 'evil.example', '/metrics')).toBe(403);
});

test('nobody outside this machine is listened to', async () => {
  await using parts = await freshParts();
  await using board = await startConsoleProcess(parts);
  const { port } = new URL(board.url);
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)?.address;
  // 127.0.0.2 is this machine too, but not the address that the console binds.
  for (const host of ['127.0.0.2', ...(outside === undefined ? [] : [outside])]) {
    expect([host, await connects({ host, port: Number(port) })]).toEqual([host, false]);
  }
});

async function statusFor(
  board: TestProcess,
  host: string,
  path = '/sign-in',
): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const call = request(`${board.url}${path}`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.on('error', reject);
    call.end();
  });
}

async function connects(to: { host: string; port: number }): Promise<boolean> {
  const socket = createConnection(to);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
