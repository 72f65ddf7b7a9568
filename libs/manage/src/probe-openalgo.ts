import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { createOpenAlgoClient, type OpenAlgoClient } from '@orderlane/openalgo/client';
import { ManageError } from './manage-error.ts';

const probeTimeoutMs = 15_000;

export interface ProbedOpenAlgo {
  broker: string | null;
  /** Null: its broker login is missing, and without it OpenAlgo does not tell. */
  mode: TradingModeSeen | null;
}

/**
 * Asks an OpenAlgo whether it takes the key, and in which mode it is.
 * @throws ManageError openalgo_unreachable, wrong_key, not_openalgo
 */
export async function probeOpenAlgo(baseUrl: string, apiKey: string): Promise<ProbedOpenAlgo> {
  const client = createOpenAlgoClient({ baseUrl, apiKey, readTimeoutMs: probeTimeoutMs });
  try {
    const ping = await client.ping();
    if (ping.kind === 'success') {
      return { broker: ping.value.broker, mode: await readMode(client) };
    }
    if (ping.cause === 'session_dead') return await probeKeyAlone(client, ping.reason);
    throw ping.cause === 'unreachable'
      ? new ManageError(
          'openalgo_unreachable',
          `OpenAlgo at ${baseUrl} does not answer: ${ping.reason}`,
        )
      : new ManageError('not_openalgo', `${baseUrl} does not answer like OpenAlgo: ${ping.reason}`);
  } finally {
    await client.close();
  }
}

async function readMode(client: OpenAlgoClient): Promise<TradingModeSeen | null> {
  const analyzer = await client.analyzer();
  return analyzer.kind === 'success' ? analyzer.value.serverMode : null;
}

/** OpenAlgo says the same of a wrong key and of a missing broker login; `/search` needs the key only. */
async function probeKeyAlone(client: OpenAlgoClient, reason: string): Promise<ProbedOpenAlgo> {
  const search = await client.search({ query: 'SBIN' });
  if (search.kind === 'success') return { broker: null, mode: null };
  throw new ManageError('wrong_key', `OpenAlgo refuses the key: ${reason}`);
}
