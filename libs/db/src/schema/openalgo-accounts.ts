import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Generated, GeneratedAlways } from 'kysely';

export interface OpenAlgoAccountsTable {
  id: GeneratedAlways<AccountId>;
  user_id: string;
  name: string;
  base_url: string;
  api_key_box: string;
  api_key_fingerprint: string;
  order_rate: string | null;
  smart_order_rate: string | null;
  mode: TradingModeSeen | null;
  mode_seen_at: Date | null;
  /** When it was first seen in its present mode; null: it was never seen in another. */
  mode_since: Date | null;
  live_confirmed_at: Date | null;
  paused_at: Date | null;
  pause_reason: string | null;
  session_dead_at: Date | null;
  trades_elsewhere: Generated<boolean>;
  client_order_id_lanes: Lane[] | null;
  delete_when_flat: Generated<boolean>;
  deleted_at: Date | null;
  created_at: Generated<Date>;
}
