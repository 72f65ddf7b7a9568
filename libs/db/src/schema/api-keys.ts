export interface ApiKeysTable {
  id: string;
  config_id: string;
  name: string | null;
  start: string | null;
  prefix: string | null;
  key: string;
  user_id: string;
  refill_interval: number | null;
  refill_amount: number | null;
  last_refill_at: Date | null;
  enabled: boolean | null;
  rate_limit_enabled: boolean | null;
  rate_limit_time_window: number | null;
  rate_limit_max: number | null;
  request_count: number | null;
  remaining: number | null;
  last_request: Date | null;
  expires_at: Date | null;
  created_at: Date;
  updated_at: Date;
  permissions: string | null;
  metadata: string | null;
}
