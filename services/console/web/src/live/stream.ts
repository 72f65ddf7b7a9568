import { queryClient } from '../api/query-client.ts';
import { followMoves, type OrderMove } from './order-move.ts';

export type StreamState = 'connecting' | 'live' | 'lost';

/** What an order's move changes besides the order itself. */
const touched = ['positions', 'today', 'closings', 'square-offs'];
/** So that a burst of moves asks once (ms). */
const gatherMs = 400;
/** A browser gives up where it was refused; we do not (ms). */
const againMs = 3000;

/**
 * Follows `/events` until stopped. The browser comes back by itself with the last id, so that no
 * move is missed; where it was away for too long, or could not, everything is read anew.
 */
export function openStream(onState: (state: StreamState) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gather = gatherer();
  const moves = followMoves(queryClient);
  let isAnew = false;
  const open = () => {
    onState('connecting');
    source = new EventSource('/events');
    source.addEventListener('ready', () => {
      onState('live');
      if (isAnew) void queryClient.invalidateQueries();
      isAnew = false;
    });
    source.addEventListener('order', (event) => {
      const move = JSON.parse(event.data) as OrderMove;
      moves.apply(move);
      void queryClient.invalidateQueries({ queryKey: ['order', move.order_id] });
      if (move.order.signal_id !== null) gather.add('signal', move.order.signal_id);
      if (move.from_status === null) gather.add('signals');
      for (const name of touched) gather.add(name);
    });
    source.addEventListener('reset', () => void queryClient.invalidateQueries());
    source.addEventListener('error', () => {
      onState('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      isAnew = true;
      timer = setTimeout(open, againMs);
      void queryClient.invalidateQueries({ queryKey: ['me'] });
    });
  };
  open();
  return () => {
    source?.close();
    clearTimeout(timer);
    gather.stop();
    moves.stop();
  };
}

function gatherer() {
  const waiting = new Map<string, string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const queryKey of waiting.values()) void queryClient.invalidateQueries({ queryKey });
    waiting.clear();
  };
  return {
    add: (...key: string[]) => {
      waiting.set(key.join(' '), key);
      timer ??= setTimeout(flush, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}
