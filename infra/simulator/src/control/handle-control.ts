import { z } from 'zod';
import type { Answer } from '../answer.ts';
import type { ServerControl } from '../http/handle-request.ts';
import type { Simulator } from '../simulator.ts';
import {
  changeAccount,
  decidePending,
  listAccounts,
  readBooks,
  refuseSymbol,
} from './account-routes.ts';
import { passNight, setHolding, setPosition, tradeByHand } from './book-routes.ts';
import { clearCalls, listCalls } from './call-routes.ts';
import { bodyOf, ControlError, type ControlRequest, type ControlRoute } from './control-request.ts';
import { clearFaults, listFaults, setFaults } from './fault-routes.ts';
import {
  setClock,
  setFeatures,
  setInstrument,
  setLimits,
  setQuote,
  setTimeScale,
} from './market-routes.ts';

const routes: ReadonlyMap<string, ControlRoute> = new Map([
  ['GET health', () => ({})],
  ['POST faults', setFaults],
  ['GET faults', listFaults],
  ['DELETE faults', clearFaults],
  ['GET calls', listCalls],
  ['DELETE calls', clearCalls],
  ['GET accounts', listAccounts],
  ['POST account', changeAccount],
  ['POST books', readBooks],
  ['POST pending', decidePending],
  ['POST refusal', refuseSymbol],
  ['POST trade', tradeByHand],
  ['POST position', setPosition],
  ['POST holding', setHolding],
  ['POST overnight', passNight],
  ['POST quote', setQuote],
  ['POST instrument', setInstrument],
  ['POST limits', setLimits],
  ['POST features', setFeatures],
  ['POST clock', setClock],
  ['POST time-scale', setTimeScale],
]);

/** Answers a control request. */
export function handleControl(
  { simulator, server }: { simulator: Simulator; server: ServerControl },
  request: ControlRequest,
): Answer {
  if (request.route === 'POST drop-connections') {
    server.dropConnections(request.socket);
    return { status: 200, body: { status: 'success' } };
  }
  const route = request.route === 'POST outage' ? outageOf(server) : routes.get(request.route);
  if (route === undefined) return refused(404, `no control route ${request.route}`);
  try {
    return { status: 200, body: { status: 'success', ...route(simulator, request) } };
  } catch (error) {
    if (error instanceof ControlError) return refused(400, error.message);
    throw error;
  }
}

function outageOf(server: ServerControl): ControlRoute {
  return (_simulator, request) => {
    const { ms } = bodyOf(z.strictObject({ ms: z.number().min(0).max(600_000) }), request);
    server.outage(ms);
    return {};
  };
}

function refused(status: number, error: string): Answer {
  return { status, body: { status: 'error', code: 'bad_control_request', error } };
}
