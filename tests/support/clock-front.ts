import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** In front of an HTTP server: everything passes, but for a `Date` that is this much later than now (ms). */
export async function startClockFront(args: {
  behindUrl: string;
  laterMs: number;
}): Promise<AsyncDisposable & { url: string }> {
  const { behindUrl, laterMs } = args;
  const server = createServer((asked, answer) => {
    const { method, headers, url = '/' } = asked;
    const passed = request(new URL(url, behindUrl), { method, headers }, (answered) => {
      const date = new Date(Date.now() + laterMs).toUTCString();
      answer.writeHead(answered.statusCode ?? 502, { ...answered.headers, date });
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
