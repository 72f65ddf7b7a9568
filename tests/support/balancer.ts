import { setTimeout as sleep } from 'node:timers/promises';
import { postWebhook } from './ingress.ts';

const lookEveryMs = 200;

/** What stands in front of several ingresses: it posts to those whose /readyz answers 200, in turn. */
export interface Balancer extends AsyncDisposable {
  /** An ingress at that address stands behind it from now on. */
  add(url: string): void;
  /** Posts a webhook, once: a POST is not sent again, whatever becomes of it. */
  post(webhookId: string, body: Record<string, unknown>): ReturnType<typeof postWebhook>;
}

export function startBalancer(): Balancer {
  const behind = new Map<string, boolean>();
  let turn = 0;
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      await Promise.all(
        [...behind.keys()].map(async (url) => void behind.set(url, await isReady(url))),
      );
      await sleep(lookEveryMs);
    }
  };
  const looking = look();
  return {
    add: (url) => void behind.set(url, true),
    post: async (webhookId, body) => {
      const ready = [...behind].filter(([, isUp]) => isUp).map(([url]) => url);
      const next = ready[turn++ % ready.length];
      if (next === undefined) throw new Error('No ingress is ready');
      return await postWebhook(next, { webhookId, body });
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await looking;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(`${url}/readyz`);
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}
