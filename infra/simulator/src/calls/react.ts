import type { Answer } from '../answer.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { endpoints } from '../endpoints/endpoint-table.ts';
import { reactAfter, reactBefore } from '../faults/answer-faults.ts';
import type { FaultsTaken } from '../faults/fault-list.ts';
import { answerNow, type Reaction } from '../faults/reaction.ts';
import { type JsonBody, readJson } from '../http/json-body.ts';
import { isRecord } from '../schema/load.ts';
import type { Simulator } from '../simulator.ts';
import type { Call } from './call-log.ts';
import { type ReadCall, runCall } from './run-call.ts';

/** A request as it came over the wire. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly address: string;
  readonly contentType: string | undefined;
  readonly text: string;
}

/** Decides what an API request gets, and does at the broker what it does. */
export function react(simulator: Simulator, call: Call, request: ApiRequest): Reaction {
  const endpoint = request.method === 'POST' ? endpoints.get(call.endpoint) : undefined;
  if (endpoint === undefined) return answerNow(notFound(request.path));
  const body = readJson(request.contentType, request.text);
  const refusal = overLimit(simulator, { call, endpoint, request, body });
  if (refusal !== undefined) return answerNow(refusal);
  if (body.kind === 'not_json') return answerNow(endpoint.withoutJson);
  if (body.kind === 'malformed') return answerNow(malformed);
  return reactToBody(simulator, { call, endpoint, value: body.value });
}

/** Flask's own text; the body is refused before the endpoint sees it. */
const malformed: Answer = {
  status: 400,
  body: { message: 'The browser (or proxy) sent a request that this server could not understand.' },
};

function notFound(path: string): Answer {
  return { status: 404, body: { status: 'error', message: 'Not found', path } };
}

interface Counted {
  readonly call: Call;
  readonly endpoint: Endpoint;
  readonly request: ApiRequest;
  readonly body: JsonBody;
}

function overLimit(simulator: Simulator, { call, endpoint, request, body }: Counted) {
  const byAccount = simulator.options.limitScope === 'account' && body.kind === 'json';
  const caller = byAccount ? keyIn(body.value) : request.address;
  const bucket = `${call.endpoint} ${caller}`;
  const text = simulator.limiter.refusal(endpoint.limit, bucket, call.arrivedAtMs);
  return text === undefined ? undefined : { status: 429, body: { message: text } };
}

function keyIn(value: unknown): string {
  return isRecord(value) ? String(value['apikey']) : '';
}

interface Parsed {
  readonly call: Call;
  readonly endpoint: Endpoint;
  readonly value: unknown;
}

function reactToBody(simulator: Simulator, { call, endpoint, value }: Parsed): Reaction {
  const body = isRecord(value) ? value : {};
  const account = simulator.accounts.find(body['apikey']);
  const { apikey: _apikey, ...shown } = body;
  call.account = account?.name ?? null;
  call.body = isRecord(value) ? shown : value;
  const faults = simulator.faults.take({ endpoint: call.endpoint, body });
  call.faults = Object.values(faults).map((fault) => fault.kind);
  if (faults.mode?.kind === 'mode_switched' && account !== undefined) account.mode = faults.mode.to;
  const before = reactBefore(faults.answer, call.endpoint);
  if (before !== undefined) return before;
  const read: ReadCall = {
    name: call.endpoint,
    endpoint,
    body: value,
    account,
    mode: (account ?? simulator.accounts.first())?.mode ?? simulator.options.mode,
    faults,
    placed: (order) => void call.executed.push({ orderid: order.orderid, atMs: performance.now() }),
  };
  const go = () => withDelay(reactAfterRun(simulator, read), faults);
  return faults.answer?.kind === 'hang_then_execute'
    ? { kind: 'later', delayMs: faults.answer.ms, go }
    : go();
}

function reactAfterRun(simulator: Simulator, read: ReadCall): Reaction {
  return reactAfter(read.faults.answer, read.name, runCall(simulator, read));
}

function withDelay(reaction: Reaction, { delay }: FaultsTaken): Reaction {
  if (delay?.kind !== 'delay' || reaction.kind !== 'answer') return reaction;
  return { ...reaction, delayMs: reaction.delayMs + delay.ms };
}
