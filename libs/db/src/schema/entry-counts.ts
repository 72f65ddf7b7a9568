/** Entries of a strategy's last day with any, a date of Asia/Kolkata; a trigger on orders counts. */
export interface EntryCountsTable {
  strategy_id: number;
  day: string;
  entries: number;
}
