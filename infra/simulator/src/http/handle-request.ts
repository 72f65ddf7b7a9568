import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { failure, success } from '../answer.ts';
import type { Call } from '../calls/call-log.ts';
import { react } from '../calls/react.ts';
import { handleControl } from '../control/handle-control.ts';
import type { Simulator } from '../simulator.ts';
import { readText } from './read-text.ts';
import { sendReaction, writeAnswer } from './send.ts';

const API = '/api/v1/';

/** What the control routes may do to the server itself. */
export interface ServerControl {
  /** Resets every connection but the one it is asked over. */
  readonly dropConnections: (except?: Socket) => void;
  /** Goes down as a killed process does, and comes back after so many milliseconds. */
  readonly outage: (lengthMs: number) => void;
}

interface RequestParts {
  readonly simulator: Simulator;
  /** Before the answer: who has it may rely on the books. */
  readonly saveBooks: () => void;
  readonly server: ServerControl;
}

/** Answers one HTTP request. The time of arrival is taken before anything else is done. */
export function handleRequest(
  parts: RequestParts,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const arrivedAtMs = performance.now();
  const { simulator } = parts;
  const fail = (error: unknown) => {
    process.stderr.write(`simulator: ${String(error)}\n`);
    response.destroy();
  };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  if (pathname.startsWith(API)) {
    const call = openCall(simulator, request, { arrivedAtMs, path: pathname });
    serveApi(parts, { call, request, response }).catch(fail);
    return;
  }
  if (pathname.startsWith('/control/')) {
    serveControl(parts, { request, response, pathname, searchParams }).catch(fail);
    return;
  }
  writeAnswer(response, isHealth(pathname) ? success({}) : failure(404, 'Not found'));
}

/** Not OpenAlgo's: whoever starts the simulator waits for these, as for any of our processes. */
function isHealth(pathname: string): boolean {
  return pathname === '/healthz' || pathname === '/readyz';
}

function openCall(
  simulator: Simulator,
  request: IncomingMessage,
  { arrivedAtMs, path }: { arrivedAtMs: number; path: string },
): Call {
  const order = request.headers['x-orderlane-order'];
  return simulator.calls.open({
    method: request.method ?? '',
    path,
    endpoint: path.slice(API.length).replace(/\/$/, ''),
    arrivedAtMs,
    order: typeof order === 'string' ? order : null,
  });
}

interface Exchange {
  readonly call: Call;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serveApi(
  { simulator, saveBooks }: RequestParts,
  { call, request, response }: Exchange,
) {
  let text: string;
  try {
    text = await readText(request);
  } catch {
    call.end = 'caller_gone';
    response.destroy();
    return;
  }
  const reaction = react(simulator, call, {
    method: call.method,
    path: call.path,
    address: request.socket.remoteAddress ?? '',
    contentType: request.headers['content-type'],
    text,
  });
  saveBooks();
  sendReaction(simulator.timers, { call, response }, reaction);
}

interface ControlExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}

async function serveControl(
  parts: RequestParts,
  { request, response, pathname, searchParams }: ControlExchange,
): Promise<void> {
  const text = await readText(request).catch(() => '');
  const answer = handleControl(parts, {
    route: `${request.method ?? 'GET'} ${pathname.replace('/control/', '')}`,
    query: searchParams,
    text,
    socket: request.socket,
  });
  parts.saveBooks();
  writeAnswer(response, answer);
}
