import pg from 'pg';

export interface Listening extends AsyncDisposable {
  /** False while the connection is away: what was announced meanwhile was missed. */
  isListening(): boolean;
}

export interface ListenOptions {
  databaseUrl: string;
  channel: string;
  onMessage(payload: string): void;
  /** The connection broke or could not be made; it is tried again every second. */
  onLost(error: unknown): void;
}

/**
 * Listens to a channel of NOTIFY on a connection of its own. Messages are hints: whoever acts on
 * them must also be right without them.
 */
export function listen(options: ListenOptions): Listening {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isUp = false;

  const connect = async () => {
    const next = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true });
    next.on('error', lose);
    next.on('end', () => lose(new Error('The connection ended')));
    next.on('notification', ({ payload }) => options.onMessage(payload ?? ''));
    client = next;
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(options.channel)}`);
    isUp = true;
  };
  const lose = (error: unknown) => {
    isUp = false;
    if (isClosed || retry !== undefined) return;
    options.onLost(error);
    retry = setTimeout(() => {
      retry = undefined;
      connect().catch(lose);
    }, 1000);
  };
  connect().catch(lose);
  return {
    isListening: () => isUp,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
