import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { LinkState } from './link-messages.ts';

/** A TCP proxy in front of a server of the run: what passes can be cut, slowed or swallowed. */
export interface Link {
  set(state: LinkState): Promise<void>;
  close(): Promise<void>;
}

export interface LinkSpec {
  port: number;
  targetPort: number;
  /** Shown every piece that callers send, as it arrives. */
  onSent?: (piece: Buffer, caller: Socket) => void;
}

interface OpenLink {
  spec: LinkSpec;
  state: LinkState;
  pairs: Set<Pair>;
}

/** A caller and its connection to the server. */
interface Pair {
  caller: Socket;
  target: Socket;
}

/** Listens on the port, in front of the target's. */
export async function openLink(spec: LinkSpec): Promise<Link> {
  const link: OpenLink = { spec, state: { mode: 'open' }, pairs: new Set() };
  let server = await listen(link);
  return {
    async set(state) {
      const before = link.state;
      link.state = state;
      if (endsConnections(before, state)) dropAll(link);
      if (state.mode === 'cut' && server.listening) server.close();
      if (state.mode !== 'cut' && !server.listening) server = await listen(link);
    },
    async close() {
      dropAll(link);
      if (server.listening) server.close();
      await Promise.resolve();
    },
  };
}

/** What was swallowed cannot be caught up with: those connections end. */
function endsConnections(before: LinkState, after: LinkState): boolean {
  return after.mode === 'cut' || after.mode === 'reset' || before.mode === 'blackhole';
}

function dropAll({ pairs }: OpenLink): void {
  for (const { caller, target } of pairs) {
    caller.resetAndDestroy();
    target.resetAndDestroy();
  }
  pairs.clear();
}

async function listen(link: OpenLink): Promise<Server> {
  const server = createServer({ noDelay: true }, (caller) => takeCaller(link, caller));
  server.listen(link.spec.port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function takeCaller(link: OpenLink, caller: Socket): void {
  if (link.state.mode === 'reset' || link.state.mode === 'cut') {
    caller.on('error', () => undefined);
    caller.resetAndDestroy();
    return;
  }
  const target = connect({ port: link.spec.targetPort, host: '127.0.0.1', noDelay: true });
  const pair = { caller, target };
  link.pairs.add(pair);
  caller.on('data', (piece: Buffer) => link.spec.onSent?.(piece, caller));
  passOn(link, { from: caller, to: target });
  passOn(link, { from: target, to: caller });
  for (const socket of [caller, target]) {
    socket.once('close', () => {
      link.pairs.delete(pair);
      // The other end hears of it when all that was sent before has been passed on.
      if (link.state.mode === 'open') return;
      caller.resetAndDestroy();
      target.resetAndDestroy();
    });
  }
}

/**
 * Passes pieces on in their order, however late each of them is to be. One timer for all that wait: two of
 * different lengths fire in either order on a busy machine, and a stream with its bytes exchanged is nothing
 * that a network does.
 */
function passOn(link: OpenLink, { from, to }: { from: Socket; to: Socket }): void {
  const waiting: { dueAt: number; work: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const passDue = () => {
    timer = undefined;
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const inMs = next.dueAt - performance.now();
      if (inMs > 0) {
        timer = setTimeout(passDue, Math.ceil(inMs));
        return;
      }
      waiting.shift();
      next.work();
    }
  };
  const later = (work: () => void) => {
    const { state } = link;
    waiting.push({ dueAt: performance.now() + (state.mode === 'slow' ? state.ms : 0), work });
    if (timer === undefined) passDue();
  };
  from.on('data', (piece: Buffer) => {
    if (link.state.mode === 'blackhole') return;
    later(() => {
      if (to.writable) to.write(piece);
    });
  });
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.resetAndDestroy());
}
