import { setTimeout as sleep } from 'node:timers/promises';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { AlertMessage, AlertTarget } from './alert-target.ts';
import { composeMessage } from './compose-messages.ts';

export interface AtOnce extends AsyncDisposable {
  /** Sends it to every target without Postgres and without Redis; what cannot be sent is lost with the process. */
  tell(code: RefusalCode, text: string): void;
}

interface TellDeps {
  targets: readonly AlertTarget[];
  unwanted: readonly RefusalCode[];
  retryMs: readonly number[];
  now(): Date;
}

/** A target that was not reached for so long has other worries. */
const mostTries = 30;

/**
 * Tells what the outbox cannot: that Postgres itself is away. One message after the other to each
 * target, each tried again until it arrives, the process ends, or there were too many tries.
 */
export function createAtOnce(deps: TellDeps): AtOnce {
  const stop = new AbortController();
  const ends = new Map<AlertTarget, Promise<void>>();
  return {
    tell(code, text) {
      if (deps.unwanted.includes(code)) return;
      const message = messageOf(code, text, deps.now());
      for (const target of deps.targets) {
        const before = ends.get(target) ?? Promise.resolve();
        const sending = { target, message, shutdown: stop.signal };
        ends.set(
          target,
          before.then(async () => await sendUntilThere(deps, sending)),
        );
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(ends.values());
    },
  };
}

function messageOf(code: RefusalCode, text: string, at: Date): AlertMessage {
  const about = { account: null, strategy: null, symbol: null, orderId: null, signalId: null };
  return composeMessage([{ id: null, code, subject: code, text, at, count: 1, ...about }]);
}

async function sendUntilThere(
  { retryMs }: TellDeps,
  {
    target,
    message,
    shutdown,
  }: { target: AlertTarget; message: AlertMessage; shutdown: AbortSignal },
): Promise<void> {
  for (let tries = 0; tries < mostTries && !shutdown.aborted; tries++) {
    const sending = await target.send(message);
    if (sending.kind === 'sent') return;
    const pauseMs = retryMs[Math.min(tries, retryMs.length - 1)] ?? 1000;
    const waitMs = Math.max(pauseMs, sending.retryAfterMs);
    await sleep(waitMs, undefined, { signal: shutdown }).catch(() => undefined);
  }
}
