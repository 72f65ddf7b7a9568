import { parentPort } from 'node:worker_threads';
import { type Link, openLink } from './link.ts';
import type { LinkCall, LinkReply, LinkRequest } from './link-messages.ts';
import { createWitness } from './witness.ts';

// The links have a thread of their own: what they see must not wait for the rest of the harness.
const links = new Map<string, Link>();
const witness = createWitness();

parentPort?.on('message', ({ id, request }: LinkCall) => {
  answer(request).then(
    (reply) => parentPort?.postMessage({ id, ...reply } satisfies LinkReply),
    (error: unknown) => parentPort?.postMessage({ id, error: String(error) } satisfies LinkReply),
  );
});

async function answer(request: LinkRequest): Promise<Omit<LinkReply, 'id'>> {
  switch (request.what) {
    case 'open': {
      const { name, port, targetPort, witness: isWitnessed } = request;
      const seen = isWitnessed ? { onSent: witness.see } : {};
      links.set(name, await openLink({ port, targetPort, ...seen }));
      return {};
    }
    case 'set':
      await links.get(request.name)?.set(request.state);
      return {};
    case 'witnessed':
      return { calls: witness.calls };
    case 'close':
      witness[Symbol.dispose]();
      for (const link of links.values()) await link.close();
      return {};
  }
}
