import { Agent, request } from 'undici';

export interface WebhookPoster extends AsyncDisposable {
  /** Posts a signal over a kept connection; answers its HTTP status. */
  post(url: string, body: string): Promise<number>;
  /** The same. @throws when it is not accepted. */
  mustPost(url: string, body: string): Promise<void>;
}

/** A sender with as many connections as it needs. */
export function createWebhookPoster(): WebhookPoster {
  const dispatcher = new Agent({ connections: 256, pipelining: 1 });
  const send = async (url: string, body: string) => {
    const headers = { 'content-type': 'application/json' };
    return await request(url, { method: 'POST', headers, body, dispatcher });
  };
  return {
    async post(url, body) {
      const answer = await send(url, body);
      await answer.body.dump();
      return answer.statusCode;
    },
    async mustPost(url, body) {
      const answer = await send(url, body);
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
    },
    [Symbol.asyncDispose]: async () => await dispatcher.close(),
  };
}
