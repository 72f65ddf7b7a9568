import type { StrategyId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { Generated } from 'kysely';

export interface SquareOffPreflightsTable {
  strategy_id: StrategyId;
  session_date: string;
  due_time: string;
  at: Generated<Date>;
  found: RefusalCode[];
}
