import { request } from 'node:http';
import { expect, test } from 'vitest';
import { openConsole, type TestConsole, testPassword } from '../support/here-console.ts';

/** A call as a proxy passes it on, with a Host header of its own. */
async function callWith(console: TestConsole, headers: Record<string, string>) {
  const { email } = { email: 'asha@example.com' };
  const body = JSON.stringify({ email, password: testPassword });
  return await new Promise<{ status: number | undefined; cookies: string[] }>((resolve, reject) => {
    const type = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', headers: { ...type, ...headers } };
    const call = request(`${console.url}/sign-in`, options, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [] });
    });
    call.on('error', reject);
    call.end(body);
  });
}

test('CONSOLE_URL is the other name it answers to, and makes cookies secure', async () => {
  const url = 'https://orderlane.example.com';
  await using console = await openConsole({ CONSOLE_URL: url });
  await console.addUser({ name: 'asha', role: 'trader' });
  const through = await callWith(console, { host: 'orderlane.example.com', origin: url });
  expect(through.status).toBe(200);
  expect(through.cookies[0]).toMatch(/^__Secure-orderlane\.session_token=.*; Secure/);
  expect((await callWith(console, { host: 'other.example.com', origin: url })).status).toBe(403);
  const elsewhere = { host: 'orderlane.example.com', origin: 'https://evil.example' };
  expect((await callWith(console, elsewhere)).status).toBe(403);
});

test('a trusted proxy says how it was reached, a stranger does not', async () => {
  const forwarded = {
    host: '127.0.0.1:9',
    origin: 'https://localhost',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'localhost',
  };
  await using trusting = await openConsole({ TRUSTED_PROXIES: '127.0.0.0/8' });
  await trusting.addUser({ name: 'asha', role: 'trader' });
  const believed = await callWith(trusting, forwarded);
  expect([believed.status, believed.cookies[0]]).toEqual([200, expect.stringMatching(/; Secure/)]);

  await using careful = await openConsole();
  await careful.addUser({ name: 'asha', role: 'trader' });
  expect((await callWith(careful, forwarded)).status).toBe(403);
  const plain = { ...forwarded, origin: 'http://127.0.0.1:9' };
  const taken = await callWith(careful, plain);
  expect(taken.status).toBe(200);
  expect(taken.cookies[0]).not.toMatch(/secure/i);
});
