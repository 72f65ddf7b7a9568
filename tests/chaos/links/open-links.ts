import { Worker } from 'node:worker_threads';
import { freePort } from '../../support/free-port.ts';
import type { LinkReply, LinkRequest, LinkState, WitnessedCall } from './link-messages.ts';

export const linkNames = ['postgres', 'redis', 'openalgo'] as const;
export type LinkName = (typeof linkNames)[number];

/** The links between the processes and what they stand on. */
export interface Links extends AsyncDisposable {
  /** Puts a link in front of a port; the processes are given the new one. */
  open(name: LinkName, targetPort: number): Promise<number>;
  set(name: LinkName, state: LinkState): Promise<void>;
  /** Every call that left for OpenAlgo, whether or not it got there. */
  witnessed(): Promise<WitnessedCall[]>;
}

/** Starts the thread that the links run in. */
export function openLinks(): Links {
  const worker = new Worker(new URL('./link-worker.ts', import.meta.url));
  const waiting = new Map<number, (reply: LinkReply) => void>();
  let calls = 0;
  worker.on('message', (reply: LinkReply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  const ask = async (request: LinkRequest): Promise<LinkReply> => {
    calls += 1;
    const id = calls;
    const { promise, resolve } = Promise.withResolvers<LinkReply>();
    waiting.set(id, resolve);
    worker.postMessage({ id, request });
    const reply = await promise;
    if (reply.error !== undefined) throw new Error(`The link thread: ${reply.error}`);
    return reply;
  };
  return {
    async open(name, targetPort) {
      const port = await freePort();
      await ask({ what: 'open', name, port, targetPort, witness: name === 'openalgo' });
      return port;
    },
    set: async (name, state) => void (await ask({ what: 'set', name, state })),
    witnessed: async () => (await ask({ what: 'witnessed' })).calls ?? [],
    async [Symbol.asyncDispose]() {
      await ask({ what: 'close' });
      await worker.terminate();
    },
  };
}
