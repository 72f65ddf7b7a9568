import type { Call, CallFilter } from './calls/call-log.ts';
import type { Fault } from './faults/fault.ts';

/** What came back: the HTTP status and the body, as JSON where it is JSON. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A caller of a simulator that may run in another process: its API and its control routes. */
export interface SimulatorClient {
  /** Calls an endpoint of the API with the key of the client, unless the body names one. */
  post(endpoint: string, body?: object, headers?: Record<string, string>): Promise<Reply>;
  /** Calls a control route; `route` is method and path, such as `POST faults`. */
  control(route: string, body?: object): Promise<Reply['body']>;
  setFaults(...faults: readonly Fault[]): Promise<void>;
  calls(filter?: CallFilter): Promise<readonly Call[]>;
}

/** A client of the simulator at `url`, with one API key. */
export function createSimulatorClient(url: string, apikey: string): SimulatorClient {
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: parsed(await response.text()) };
  };
  const control: SimulatorClient['control'] = async (route, body) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await send(`/control/${path}`, init);
    if (reply.status !== 200) throw new Error(`${route}: ${String(reply.body['error'])}`);
    return reply.body;
  };
  return {
    control,
    post: (endpoint, body = {}, headers = {}) =>
      send(`/api/v1/${endpoint}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ apikey, ...body }),
      }),
    setFaults: async (...faults) => void (await control('POST faults', faults)),
    calls: async (filter = {}) => {
      const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]));
      const { calls } = await control(`GET calls?${query}`);
      return calls as readonly Call[];
    },
  };
}

function parsed(text: string): Reply['body'] {
  try {
    return JSON.parse(text) as Reply['body'];
  } catch {
    return { text };
  }
}
