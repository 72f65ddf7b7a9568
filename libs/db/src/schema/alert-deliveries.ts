import type { Generated } from 'kysely';

export interface AlertDeliveriesTable {
  alert_id: number;
  target: string;
  sent_at: Date | null;
  attempts: Generated<number>;
  next_at: Generated<Date>;
  is_refused: Generated<boolean>;
  error: string | null;
}
