import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { createOpenAlgoClient, type OpenAlgoClient } from '@orderlane/openalgo/client';
import { ManageError } from './manage-error.ts';

const probeTimeoutMs = 15_000;

export interface ProbedOpenAlgo {
  broker: string | null;
  /** Null: its broker login is missing, and without it OpenAlgo does not tell. */
  mode: TradingModeSeen | null;
  /** Of one call, from here and back. */
  latencyMs: number;
}

/** An OpenAlgo and the key that is to be tried. */
export interface OpenAlgoToProbe {
  baseUrl: string;
  apiKey: string;
  /** ALLOW_PRIVATE_OPENALGO */
  allowPrivate: boolean;
}

/**
 * Asks an OpenAlgo whether it takes the key, and in which mode it is.
 * @throws ManageError openalgo_unreachable, wrong_key, not_openalgo
 */
export async function probeOpenAlgo(at: OpenAlgoToProbe): Promise<ProbedOpenAlgo> {
  const { baseUrl } = at;
  const client = createOpenAlgoClient({ ...at, readTimeoutMs: probeTimeoutMs });
  try {
    const ping = await client.ping();
    const latencyMs = ping.endedAt.getTime() - ping.startedAt.getTime();
    if (ping.kind === 'success') {
      return { broker: ping.value.broker, mode: await readMode(client), latencyMs };
    }
    if (ping.cause === 'session_dead') {
      await probeKeyAlone(client, ping.reason);
      return { broker: null, mode: null, latencyMs };
    }
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
async function probeKeyAlone(client: OpenAlgoClient, reason: string): Promise<void> {
  const search = await client.search({ query: 'SBIN' });
  if (search.kind === 'success') return;
  throw new ManageError('wrong_key', `OpenAlgo refuses the key: ${reason}`);
}
