import { z } from 'zod';
import { type Finding, note, well, wrong } from './finding.ts';

const patienceMs = 5000;
const notSignedIn = z.object({ code: z.literal('not_signed_in') });
const refused = z.object({ code: z.literal('unknown_webhook') });

/** Where senders reach the ingress: it must know that it has no such webhook. */
export async function checkIngress(publicUrl: string): Promise<Finding> {
  const url = `${publicUrl}/strategy/webhook/00000000-0000-0000-0000-000000000000`;
  const answer = await ask(url, { method: 'POST', body: '{}' });
  if (typeof answer !== 'string' && refused.safeParse(answer.json).success) {
    return well('ingress', `answers at ${publicUrl}`);
  }
  const why = typeof answer === 'string' ? answer : `HTTP ${answer.status}`;
  return wrong(
    'ingress',
    `no ingress answers at ${publicUrl} (${why})`,
    'Start an ingress; correct PUBLIC_URL, the proxy in front, its certificate',
  );
}

/** Where people reach the console: who has not signed in is told so (a proxy may keep /healthz to itself). */
export async function checkConsole(consoleUrl: string): Promise<Finding> {
  const answer = await ask(`${consoleUrl}/me`, {});
  if (typeof answer !== 'string' && notSignedIn.safeParse(answer.json).success) {
    return well('console', `answers at ${consoleUrl}`);
  }
  const why = typeof answer === 'string' ? answer : `HTTP ${answer.status}`;
  return wrong(
    'console',
    `no console answers at ${consoleUrl} (${why})`,
    'Start the console; correct CONSOLE_URL, the proxy in front',
  );
}

/** The address under which this machine is seen outside; a note whatever comes of it. */
export async function findEgress(url: string): Promise<Finding> {
  const answer = await ask(url, {});
  const address = typeof answer === 'string' ? undefined : answer.text.trim();
  if (address === undefined || !/^[0-9a-f.:]{3,45}$/i.test(address)) {
    return note('egress', 'the address of this machine could not be found out (offline?)');
  }
  return note(
    'egress',
    `calls of this machine come from ${address}`,
    "Where OpenAlgo runs on it, that is the address for the broker's allow-list",
  );
}

/** The answer, or in a word why there is none. */
async function ask(
  url: string,
  init: RequestInit,
): Promise<{ status: number; text: string; json: unknown } | string> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = (await response.text()).slice(0, 10_000);
    return { status: response.status, text, json: jsonOf(text) };
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? 'no answer in time'
      : 'no connection';
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
