import type { StrategyId } from '@orderlane/domain/ids';
import type { Generated, GeneratedAlways } from 'kysely';

export interface SquareOffsTable {
  id: GeneratedAlways<number>;
  strategy_id: StrategyId;
  session_date: string;
  run: Generated<number>;
  due_time: string;
  status: 'working' | 'sent' | 'verified' | 'failed' | 'nothing_open' | 'missed';
  worker: string | null;
  lease_until: Date | null;
  exits: Generated<number>;
  book_empty_at: Date | null;
  detail: string | null;
  created_at: Generated<Date>;
  ended_at: Date | null;
}
