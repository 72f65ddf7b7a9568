import ky from 'ky';
import { type Dispatcher, fetch as undiciFetch } from 'undici';
import type { Answer, CallRecord } from './answer.ts';
import { describeFailure } from './describe-failure.ts';
import type { Redact } from './redact.ts';
import { withoutNul } from './wire/without-nul.ts';
import { createWriteGuard, type WriteGuard } from './write-guard.ts';

export interface PostDeps {
  connections: Dispatcher;
  redact: Redact;
}

export interface PostCall {
  url: string;
  json: Record<string, unknown>;
  headers?: Record<string, string>;
  /** For the whole call, to the last byte of the answer (ms). */
  timeoutMs: number;
  /** performance.now() after which the request is not written any more; Infinity: no such limit. */
  sendBy: number;
  /** Told in the turn in which the request is written. */
  onWrite?: () => void;
}

class CallTimeoutError extends Error {
  override readonly name = 'CallTimeoutError';
}

/**
 * One POST: never a second one, no redirect followed (it would take the key elsewhere). Never
 * throws for what the network or the far side does; what it says of them is free of the key.
 */
export async function postJson(deps: PostDeps, call: PostCall): Promise<CallRecord> {
  const startedAt = new Date();
  const guard = createWriteGuard(call.sendBy, call.onWrite);
  if (performance.now() >= call.sendBy) {
    const answer: Answer = { kind: 'failed', stage: 'too_late', reason: 'the send window is over' };
    return { answer, startedAt, sentAt: null, answeredAt: null };
  }
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new CallTimeoutError(`no answer in ${call.timeoutMs} ms`)),
    call.timeoutMs,
  );
  try {
    const answer = await exchange({ deps, call, guard, signal: timeout.signal });
    return { answer, startedAt, sentAt: guard.writtenAt(), answeredAt: new Date() };
  } catch (failure) {
    guard.close();
    const reason = deps.redact(describeFailure(failure));
    const answer: Answer = { kind: 'failed', stage: stageOf(guard), reason };
    return { answer, startedAt, sentAt: guard.writtenAt(), answeredAt: null };
  } finally {
    clearTimeout(timer);
  }
}

interface Exchange {
  deps: PostDeps;
  call: PostCall;
  guard: WriteGuard;
  signal: AbortSignal;
}

async function exchange({ deps, call, guard, signal }: Exchange): Promise<Answer> {
  const dispatcher = deps.connections.compose(guard.interceptor);
  const response = await ky.post(call.url, {
    json: call.json,
    ...(call.headers === undefined ? {} : { headers: call.headers }),
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    // ky hands over a Request of Node's own fetch, which undici's does not take as it is.
    fetch: async (input) => {
      const request = new Request(input);
      const answered = await undiciFetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
        redirect: 'manual',
        signal,
        dispatcher,
      });
      return answered as unknown as Response;
    },
  });
  const body = withoutNul(await response.text());
  return { kind: 'answered', httpStatus: response.status, body };
}

function stageOf(guard: WriteGuard): 'too_late' | 'before_write' | 'after_write' {
  switch (guard.state()) {
    case 'refused':
      return 'too_late';
    case 'written':
      return 'after_write';
    case 'waiting':
    case 'closed':
      return 'before_write';
  }
}
