import { dockerAnswers } from '@orderlane/local/docker-engine';
import { QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { GenericContainer, Wait } from 'testcontainers';
import { freePort } from './free-port.ts';
import { startPrivateRedis } from './private-redis.ts';

const DOCKER_ANSWERS_WITHIN_MS = 2_000;

/** The servers that a run of the tests shares. */
export interface TestServers extends AsyncDisposable {
  /** A database whose role may create databases. */
  adminUrl: string;
  redisUrl: string;
}

/** Given servers (TEST_DATABASE_URL, TEST_REDIS_URL), else Docker's, else the embedded ones. */
export async function startTestServers(given: {
  adminUrl: string | undefined;
  redisUrl: string | undefined;
}): Promise<TestServers> {
  const stack = new AsyncDisposableStack();
  const inDocker =
    !(given.adminUrl && given.redisUrl) && (await dockerAnswers(DOCKER_ANSWERS_WITHIN_MS));
  try {
    const adminUrl = given.adminUrl ?? (await startDatabase(stack, inDocker));
    const redisUrl = given.redisUrl ?? stack.use(await startPrivateRedis()).redisUrl;
    return { adminUrl, redisUrl, [Symbol.asyncDispose]: async () => await stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function startDatabase(stack: AsyncDisposableStack, inDocker: boolean): Promise<string> {
  if (inDocker) return await startDatabaseContainer(stack);
  const folder = stack.use(await makeTemporaryFolder());
  const spec = { dir: `${folder.path}/postgres`, port: await freePort(), settings: QUICK_POSTGRES };
  return stack.use(await startPostgres(spec)).databaseUrl('postgres');
}

async function startDatabaseContainer(stack: AsyncDisposableStack): Promise<string> {
  const container = await new GenericContainer('postgres:18-alpine')
    .withEnvironment({ POSTGRES_PASSWORD: 'test' })
    .withExposedPorts(5432)
    .withCommand([
      'postgres',
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ])
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  stack.defer(async () => void (await container.stop()));
  return `postgres://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
}
