/** What a link between a process and a server does with what passes. */
export type LinkState =
  | { mode: 'open' }
  /** Every connection is reset and none is taken: refused, as by a server that is not there. */
  | { mode: 'cut' }
  /** Connections are taken and reset at once, as by a proxy whose server is gone. */
  | { mode: 'reset' }
  /** Everything arrives, this much later (ms). */
  | { mode: 'slow'; ms: number }
  /** Connections stay and are taken, and nothing passes; it is lost when the link is mended. */
  | { mode: 'blackhole' };

/** A call to OpenAlgo, as it left its executor. */
export interface WitnessedCall {
  orderId: string;
  attempt: number;
  /** When it was read here (ms since the epoch). */
  at: number;
  /** It may have arrived as early as this: nothing was read in between (ms since the epoch). */
  notBefore: number;
}

export type LinkRequest =
  | { what: 'open'; name: string; port: number; targetPort: number; witness: boolean }
  | { what: 'set'; name: string; state: LinkState }
  | { what: 'witnessed' }
  | { what: 'close' };

export interface LinkCall {
  id: number;
  request: LinkRequest;
}

export interface LinkReply {
  id: number;
  calls?: WitnessedCall[];
  error?: string;
}
