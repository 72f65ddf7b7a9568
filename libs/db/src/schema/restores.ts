import type { Generated, GeneratedAlways } from 'kysely';

export interface RestoresTable {
  id: GeneratedAlways<number>;
  home: string;
  found_at: Generated<Date>;
  backup_at: Date | null;
  void_entries: number;
  exits_to_plan: number;
  unknown_orders: number;
  released_at: Date | null;
  released_by: string | null;
}
