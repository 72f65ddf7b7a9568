import autocannon from 'autocannon';

export interface ClosedLoop {
  url: string;
  connections: number;
  seconds: number;
  /** A body for the n-th call. */
  body(index: number): string;
  /** Its path, where not all calls go to the address itself. */
  path?(index: number): string;
}

export interface ClosedLoopResult {
  /** Answers with a 2xx status. */
  answered: number;
  perS: number;
  /** Everything else: other statuses, lost connections, timeouts. */
  failed: number;
  p50Ms: number;
  p99Ms: number;
}

/** As many calls as the connections take, each sent when the one before it was answered. */
export async function runClosedLoop(load: ClosedLoop): Promise<ClosedLoopResult> {
  let index = 0;
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          const path = load.path?.(index);
          return { ...request, ...(path && { path }), body: load.body(index++) };
        },
      },
    ],
  });
  return {
    answered: result['2xx'],
    perS: result['2xx'] / result.duration,
    failed: result.non2xx + result.errors + result.timeouts,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
