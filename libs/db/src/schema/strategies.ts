import type { AccountId, StrategyId, WebhookId } from '@orderlane/domain/ids';
import type {
  ChartinkAction,
  Platform,
  PositionScope,
  TradingMode,
} from '@orderlane/domain/strategy';
import type { Generated, GeneratedAlways } from 'kysely';

export interface StrategiesTable {
  id: GeneratedAlways<StrategyId>;
  user_id: string;
  account_id: AccountId | null;
  name: string;
  webhook_id: WebhookId;
  platform: Platform;
  trading_mode: TradingMode | null;
  is_active: Generated<boolean>;
  exits_only: Generated<boolean>;
  delete_when_flat: Generated<boolean>;
  is_intraday: boolean;
  start_time: string | null;
  end_time: string | null;
  squareoff_time: string | null;
  position_scope: Generated<PositionScope>;
  chartink_action: ChartinkAction | null;
  duplicate_window_ms: Generated<number>;
  entry_max_age_ms: number | null;
  max_quantity: number | null;
  max_entries: number | null;
  max_orders_per_day: Generated<number>;
  squareoff_armed_at: Generated<Date>;
  trading_days: number[] | null;
  once_a_day: Generated<boolean>;
  allowed_sources: string[] | null;
  shared_secret_hash: string | null;
  version: Generated<number>;
  created_at: Generated<Date>;
  deleted_at: Date | null;
}
