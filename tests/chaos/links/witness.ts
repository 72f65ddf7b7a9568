import type { Socket } from 'node:net';
import type { WitnessedCall } from './link-messages.ts';

/** Sees the calls that pass a link by the header they carry. */
export interface Witness extends Disposable {
  readonly calls: WitnessedCall[];
  see(piece: Buffer, caller: Socket): void;
}

const TICK_MS = 4;
const header = /x-orderlane-order: ([0-9a-f-]{36})\/(\d+)\r\n/gi;
/** A header that was cut in two is found when its second part arrives. */
const KEPT = 80;

/**
 * On a busy machine a call is read later than it came. A tick shows when this thread last had the
 * time to look, so that each call has a time before which it cannot have been here.
 */
export function createWitness(): Witness {
  const calls: WitnessedCall[] = [];
  const tails = new WeakMap<Socket, string>();
  // The tick before the last: after the last one this thread may have been held up before it read.
  const ticks = { last: now(), before: now() };
  const timer = setInterval(() => {
    ticks.before = ticks.last;
    ticks.last = now();
  }, TICK_MS);
  return {
    calls,
    see(piece, caller) {
      const text = (tails.get(caller) ?? '') + piece.toString('latin1');
      let end = 0;
      for (const match of text.matchAll(header)) {
        const [whole, orderId = '', attempt = ''] = match;
        calls.push({ orderId, attempt: Number(attempt), at: now(), notBefore: ticks.before });
        end = match.index + whole.length;
      }
      tails.set(caller, text.slice(Math.max(end, text.length - KEPT)));
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
