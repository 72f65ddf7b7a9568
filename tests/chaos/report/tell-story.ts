import type { Violation } from '../checks/violation.ts';
import type { Evidence } from '../evidence/evidence.ts';

const AROUND_MS = 10_000;
const mostNotes = 40;

interface Line {
  at: number;
  text: string;
}

/** Everything that happened to the orders of a violation, and what was broken around it. */
export function tellStory(evidence: Evidence, violation: Violation): string {
  const ids = new Set(violation.orders);
  const own = [
    ...storeLines(evidence, ids),
    ...callLines(evidence, ids),
    ...brokerLines(evidence, ids),
  ];
  const from = Math.min(...own.map(({ at }) => at)) - AROUND_MS;
  const to = Math.max(...own.map(({ at }) => at)) + AROUND_MS;
  const around = evidence.notes
    .filter(({ at, kind }) => at >= from && at <= to && kind !== 'sender')
    .map(({ at, text }) => ({ at, text: `        ${text}` }));
  const lines = [...own, ...around.slice(0, mostNotes)].toSorted((a, b) => a.at - b.at);
  const told = lines.map(({ at, text }) => `  ${clock(at)}  ${text}`);
  return [`${violation.kind.toUpperCase()}: ${violation.text}`, ...told].join('\n');
}

/** Time of day of UTC, to the millisecond: the logs' is the same. */
export function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

function storeLines(evidence: Evidence, ids: ReadonlySet<string>): Line[] {
  const { orders, events, executions, wishes } = evidence;
  const nonces = new Set(orders.flatMap(({ id, nonce }) => (ids.has(id) ? (nonce ?? []) : [])));
  return [
    ...orders.flatMap((order) => {
      const { id, storedAt, nonce, role, lane, action, quantity, symbol, seq } = order;
      const what = `${role} ${action} ${quantity} ${symbol}, ${lane}, number ${seq}`;
      return ids.has(id)
        ? [{ at: storedAt, text: `${short(id)} stored: ${what}, of ${nonce}` }]
        : [];
    }),
    ...events.flatMap(({ orderId, at, from, to, attempt, code, reason }) => {
      const move = `${from ?? ''} → ${to}, attempt ${attempt} ${code ?? ''} ${reason ?? ''}`;
      return ids.has(orderId) ? [{ at, text: `${short(orderId)} ${move}` }] : [];
    }),
    ...executions.flatMap(({ orderId, attempt, executor, claimedAt, outcome, answer }) => {
      const text = `${short(orderId)} claimed by ${executor}, attempt ${attempt}: ${outcome ?? 'no outcome'} ${answer ?? ''}`;
      return ids.has(orderId) ? [{ at: claimedAt, text }] : [];
    }),
    ...wishes.flatMap(({ nonce, postings }) =>
      nonces.has(nonce)
        ? postings.map(({ at, endedAt, ingress, status, code }) => ({
            at,
            text: `${nonce} posted to ingress-${ingress + 1}: ${status ?? 'no answer'} ${code ?? ''} after ${endedAt - at} ms`,
          }))
        : [],
    ),
  ];
}

function callLines({ calls, witnessed }: Evidence, ids: ReadonlySet<string>): Line[] {
  return [
    ...witnessed.flatMap(({ orderId, attempt, at }) =>
      ids.has(orderId) ? [{ at, text: `${short(orderId)}/${attempt} left for OpenAlgo` }] : [],
    ),
    ...calls.flatMap(({ orderId, attempt, arrivedAt, executed, faults, answer, end }) => {
      if (orderId === null || !ids.has(orderId)) return [];
      const met = faults.length > 0 ? `, met ${faults.join()}` : '';
      const text = `${short(orderId)}/${attempt} arrived, executed as ${executed.join() || 'nothing'}${met}: ${answer ?? ''} ${end ?? ''}`;
      return [{ at: arrivedAt, text }];
    }),
  ];
}

function brokerLines({ calls, orders, brokerOrders }: Evidence, ids: ReadonlySet<string>): Line[] {
  const made = calls.flatMap(({ orderId, executed }) => (ids.has(orderId ?? '') ? executed : []));
  const owners = new Map(orders.map(({ brokerOrderId, id }) => [brokerOrderId, id]));
  return brokerOrders.flatMap(({ brokerOrderId, firstSeenAt, status, mode }) => {
    if (!made.includes(brokerOrderId)) return [];
    const owner = owners.get(brokerOrderId);
    const whose = owner === undefined ? 'nobody' : short(owner);
    const text = `${brokerOrderId} first seen in the order book, ${status} at last, ${mode}, of ${whose}`;
    return [{ at: firstSeenAt, text }];
  });
}

/** The end of an id is enough to tell the orders of one story apart. */
function short(id: string): string {
  return `…${id.slice(-6)}`;
}
