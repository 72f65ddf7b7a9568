/** The newest link of each chain. */
export interface ChainHeadsTable {
  chain: 'audit_log' | 'order_events';
  seq: number;
  hash: string;
}
