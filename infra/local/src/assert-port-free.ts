import { once } from 'node:events';
import { createServer } from 'node:net';
import { LocalStackError } from './local-stack-error.ts';

/**
 * Looks whether a loopback port can be bound.
 * @throws LocalStackError that names the port, what it is for and the variable that changes it
 */
export async function assertPortFree(wanted: {
  port: number;
  what: string;
  variable?: string | undefined;
}): Promise<void> {
  const server = createServer();
  try {
    server.listen(wanted.port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const cure = wanted.variable
      ? `Stop what uses it, or choose another port with ${wanted.variable}.`
      : 'Stop what uses it.';
    throw new LocalStackError(
      `Port ${wanted.port} on 127.0.0.1, wanted for ${wanted.what}, is taken. ${cure}`,
      { cause: error },
    );
  } finally {
    server.close();
  }
}
