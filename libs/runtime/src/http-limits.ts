/** What a caller may take of a server before it is cut off. */
export interface HttpLimits {
  /** Headers and body must be there by then; of a silent connection, the first byte and the rest (ms). */
  requestWithinMs: number;
  /** How often it is looked at who is late (ms). */
  lookEveryMs: number;
  /** How long a connection is kept for a next request (ms). */
  keepAliveMs: number;
  /** A socket on which nothing moves, as where the answer is not taken, is closed after that (ms). */
  idleSocketMs: number;
  /** The request's first line and all of its headers (bytes). */
  maxHeaderBytes: number;
  maxHeaders: number;
  /** Those beyond are closed at once; each takes a file descriptor and some 10 KB. */
  maxConnections: number;
}

export const httpLimits: HttpLimits = {
  requestWithinMs: 10_000,
  lookEveryMs: 1_000,
  keepAliveMs: 5_000,
  // The event stream of the console writes every 15 s.
  idleSocketMs: 60_000,
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxConnections: 10_000,
};
