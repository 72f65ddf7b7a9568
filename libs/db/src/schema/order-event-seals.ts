export interface OrderEventSealsTable {
  id: number;
  sealed_at: Date;
  up_to: number;
  row_count: number;
  listing: Buffer;
  gaps: string;
  prev_hash: string;
  hash: string;
}
