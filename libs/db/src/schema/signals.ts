import type { SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Generated, JSONColumnType } from 'kysely';

export interface SignalsTable {
  id: SignalId;
  strategy_id: StrategyId;
  received_at: Generated<Date>;
  path: string;
  source_address: string | null;
  content_type: string | null;
  body: Buffer;
  idempotency_key: string | null;
  verdict: 'queued' | 'nothing_to_do' | 'refused' | 'duplicate';
  code: string | null;
  http_status: number;
  answer: JSONColumnType<Record<string, unknown>>;
  notes: JSONColumnType<string[]>;
  duplicate_of: SignalId | null;
}
