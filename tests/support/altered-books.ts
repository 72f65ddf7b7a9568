import type { ServerResponse } from 'node:http';
import { answerJson, type Heard, startHttpServer } from './far-side.ts';
import type { Stack } from './stack.ts';

type Row = Record<string, unknown>;
/** Rows of a book as another adapter would give them. */
export type Alter = (rows: Row[]) => unknown[];

export interface AlteredBooks extends AsyncDisposable {
  /** From now on the book of this endpoint is altered; without a function it is as it is. */
  set(endpoint: 'positionbook' | 'tradebook', alter?: Alter): void;
}

/** Stands between the account and its OpenAlgo and changes what the books show; to be opened before any process. */
export async function alterBooks(stack: Stack): Promise<AlteredBooks> {
  const alterations = new Map<string, Alter>();
  const answer = async (response: ServerResponse, { path, body, headers }: Heard) => {
    const order = headers['x-orderlane-order'];
    const reply = await fetch(`${stack.simulator.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(typeof order === 'string' && { 'x-orderlane-order': order }),
      },
      body,
    });
    const text = await reply.text();
    const alter = alterations.get(path.split('/').at(-1) ?? '');
    if (alter === undefined || !reply.ok) {
      answerJson(response, reply.status, text);
      return;
    }
    const book = JSON.parse(text) as { data: Row[] };
    answerJson(response, reply.status, { ...book, data: alter(book.data) });
  };
  const server = await startHttpServer((response, heard) => {
    answer(response, heard).catch(() => response.destroy());
  });
  await stack.db.updateTable('openalgo_accounts').set({ base_url: server.url }).execute();
  return {
    set(endpoint, alter) {
      if (alter === undefined) alterations.delete(endpoint);
      else alterations.set(endpoint, alter);
    },
    [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
  };
}
