import getPort from 'get-port';

/** A loopback port that was free a moment ago and is not handed out twice by this process. */
export async function freePort(): Promise<number> {
  return await getPort({ host: '127.0.0.1', reserve: true });
}
