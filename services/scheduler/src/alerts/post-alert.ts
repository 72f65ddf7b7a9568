import { STATUS_CODES } from 'node:http';
import type { Sending } from './alert-target.ts';
import { fetchError } from './fetch-error.ts';

export interface AlertPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** Statuses by which the target complains about the message, not about the call. */
  refusals: ReadonlySet<number>;
  /** Wait that the answer's body asks for, where the target says it there (ms). */
  retryAfterOf?(answer: string): number;
}

/** A target that asks for a longer pause is asked again sooner. */
const longestPauseMs = 600_000;
const longestAnswer = 10_000;

/**
 * Posts one message: 2xx is arrived, whatever it says. Redirects are not followed: an address that
 * holds a secret goes nowhere else.
 */
export async function postAlert(post: AlertPost): Promise<Sending> {
  const { url, headers, body } = post;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'orderlane', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(post.timeoutMs),
    });
    if (!response.ok) return failedBy(post, response, await readStart(response));
    await response.body?.cancel().catch(() => undefined);
    return { kind: 'sent' };
  } catch (error) {
    return { kind: 'failed', error: fetchError(error), isRefused: false, retryAfterMs: 0 };
  }
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) break;
  }
  return text;
}

function failedBy(post: AlertPost, response: Response, answer: string): Sending {
  const { status } = response;
  const inHeader = Number(response.headers.get('retry-after') ?? 0) * 1000;
  const asked = Math.max(
    Number.isFinite(inHeader) ? inHeader : 0,
    post.retryAfterOf?.(answer) ?? 0,
  );
  return {
    kind: 'failed',
    error: `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    isRefused: post.refusals.has(status),
    retryAfterMs: Math.min(asked, longestPauseMs),
  };
}
