import { readFile } from 'node:fs/promises';
import type { ChainPoint } from '@orderlane/db/chain-flaws';
import { hasLink } from '@orderlane/db/chain-heads';
import type { Db } from '@orderlane/db/open-db';
import { z } from 'zod';
import { causedError } from './cli-error.ts';

/** The newest links as they were when somebody verified before, kept where nobody else writes. */
export interface EarlierHeads {
  audit: ChainPoint;
  events: ChainPoint;
}

const pointSchema = z.object({ seq: z.int(), hash: z.string() });
const schema = z.object({
  audit_log: z.object({ newest: pointSchema }),
  order_events: z.object({ newest_seal: pointSchema }),
});

/** @throws CliError unreadable_file, bad_verification */
export async function readEarlier(file: string): Promise<EarlierHeads> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw causedError(error, 'unreadable_file', `Cannot read ${file}`);
  });
  try {
    const { audit_log, order_events } = schema.parse(JSON.parse(text));
    return { audit: audit_log.newest, events: order_events.newest_seal };
  } catch (error) {
    const what = 'is not what "audit verify --json" wrote';
    throw causedError(error, 'bad_verification', `${file} ${what}`);
  }
}

/** Which chains no longer hold the link that was their newest then. */
export async function findRewritten(
  db: Db,
  earlier: EarlierHeads | undefined,
): Promise<{ audit: boolean; events: boolean }> {
  if (earlier === undefined) return { audit: false, events: false };
  return {
    audit: !(await hasLink(db, 'audit_log', earlier.audit)),
    events: !(await hasLink(db, 'order_events', earlier.events)),
  };
}
