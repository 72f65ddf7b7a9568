import type { Socket } from 'node:net';
import pg from 'pg';

/** Postgres itself ends every statement after 10 s: what is not answered by now was lost on its way (ms). */
const answerWithinMs = 15_000;

/**
 * A connection that ends when a query on it is not answered. Where packets are lost without a word, the kernel
 * would go on for a quarter of an hour before the query fails. The pool opens another one in its place.
 */
export class ImpatientClient extends pg.Client {
  #waiting: NodeJS.Timeout | undefined;

  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('drain', () => this.#answered());
    this.on('end', () => this.#answered());
  }

  /** As of any client, in all its forms. */
  override query(...args: unknown[]): never {
    this.#answered();
    const waiting = setTimeout(() => {
      // A process that stood still reads first what has arrived meanwhile.
      setImmediate(() => {
        if (this.#waiting === waiting) this.#giveUp();
      });
    }, answerWithinMs);
    waiting.unref();
    this.#waiting = waiting;
    return Reflect.apply(super.query, this, args) as never;
  }

  #answered(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #giveUp(): void {
    const { connection } = this as unknown as { connection: pg.Connection };
    connection.emit('error', new Error('Query read timeout'));
    const socket = connection.stream as Socket;
    // Reset, where it can be: what still waits to be sent must not arrive when the way is whole again.
    if (socket.remoteFamily !== undefined && !('encrypted' in socket)) socket.resetAndDestroy();
    else socket.destroy();
  }
}
