import { setTimeout as sleep } from 'node:timers/promises';
import type { Times } from '../times.ts';
import type { Wish } from './make-wish.ts';

/** One posting of a wish and what came of it. */
export interface Posting {
  at: number;
  endedAt: number;
  /** Index of the ingress that was asked. */
  ingress: number;
  /** Null: there was no answer. */
  status: number | null;
  code: string | null;
  isDuplicate: boolean;
  /** Ids of the orders that the answer names. */
  orders: string[];
}

/** All that a sender did for one wish. */
export interface SentWish {
  nonce: string;
  strategyId: number;
  stocks: readonly string[];
  hasKey: boolean;
  postings: Posting[];
}

export interface SendDeps {
  /** Addresses of the ingresses; a load balancer in front of them asks another when one refuses. */
  ingressUrls: readonly string[];
  times: Pick<Times, 'senderPatienceMs' | 'resendAfterMs'>;
  pickIngress(): number;
}

/** TradingView sends an alert four times in all: again after a 5xx or no answer, five seconds apart. */
export const mostPostings = 4;

/** Posts a wish until it is answered with anything but a 5xx, as TradingView does. */
export async function sendWish(
  deps: SendDeps,
  { wish, most }: { wish: Wish; most: number },
): Promise<Posting[]> {
  const postings: Posting[] = [];
  for (let count = 0; count < most; count++) {
    if (count > 0) await sleep(deps.times.resendAfterMs);
    const posting = await postThroughBalancer(deps, wish);
    postings.push(posting);
    if (posting.status !== null && posting.status < 500) break;
  }
  return postings;
}

async function postThroughBalancer(deps: SendDeps, wish: Wish): Promise<Posting> {
  const first = deps.pickIngress();
  const posting = await post(deps, { wish, ingress: first });
  if (posting !== 'refused') return posting;
  const other = (first + 1) % deps.ingressUrls.length;
  const second = await post(deps, { wish, ingress: other });
  if (second !== 'refused') return second;
  const at = Date.now();
  return { ...{ at, endedAt: at, ingress: other }, ...noAnswer };
}

const noAnswer = { status: null, code: null, isDuplicate: false, orders: [] };

async function post(
  deps: SendDeps,
  { wish, ingress }: { wish: Wish; ingress: number },
): Promise<Posting | 'refused'> {
  const at = Date.now();
  const { platform, webhookId } = wish.strategy;
  const path = platform === 'chartink' ? 'chartink' : 'strategy';
  try {
    const response = await fetch(`${deps.ingressUrls[ingress]}/${path}/webhook/${webhookId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...wish.headers },
      body: JSON.stringify(wish.body),
      signal: AbortSignal.timeout(deps.times.senderPatienceMs),
    });
    const answer = readAnswer(await response.text());
    return { at, endedAt: Date.now(), ingress, status: response.status, ...answer };
  } catch (error) {
    if (isRefused(error)) return 'refused';
    return { at, endedAt: Date.now(), ingress, ...noAnswer };
  }
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function readAnswer(text: string): Pick<Posting, 'code' | 'isDuplicate' | 'orders'> {
  try {
    const answer = JSON.parse(text) as Record<string, unknown>;
    const orders = (answer['orders'] ?? []) as { id: string }[];
    return {
      code: typeof answer['code'] === 'string' ? answer['code'] : null,
      isDuplicate: answer['duplicate'] === true,
      orders: orders.map(({ id }) => id),
    };
  } catch {
    return { code: null, isDuplicate: false, orders: [] };
  }
}
