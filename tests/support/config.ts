/** Servers that a developer or a CI job gives to the tests; both may be left out. */
export interface TestConfig {
  adminUrl: string | undefined;
  redisUrl: string | undefined;
}

/** Reads TEST_DATABASE_URL (its role must be allowed to create databases) and TEST_REDIS_URL. */
export function readTestConfig(): TestConfig {
  return {
    adminUrl: process.env['TEST_DATABASE_URL'] || undefined,
    redisUrl: process.env['TEST_REDIS_URL'] || undefined,
  };
}

/** Where programs are looked for. */
export function readSearchPath(): string {
  return process.env['PATH'] ?? '';
}

/** What any program needs to run, and nothing that configures ours. */
export function readBaseEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** Whether the run fails where docker-compose is missing, instead of leaving its test out. */
export function readComposeRequired(): boolean {
  return process.env['TEST_COMPOSE'] === 'required';
}

/** Whether the run fails where Chromium is missing, instead of leaving the web UI's tests out. */
export function readBrowserRequired(): boolean {
  return process.env['TEST_BROWSER'] === 'required';
}

/** Whether the run fails where promtool is missing, instead of leaving out the check of the rules. */
export function readPromtoolRequired(): boolean {
  return process.env['TEST_PROMTOOL'] === 'required';
}

/** Whether the run fails where Caddy is missing, instead of leaving out what stands behind it. */
export function readCaddyRequired(): boolean {
  return process.env['TEST_CADDY'] === 'required';
}

/** Whether the steps of the image are run, which downloads its packages: TEST_IMAGE=required. */
export function readImageRequired(): boolean {
  return process.env['TEST_IMAGE'] === 'required';
}

/** How npm reaches its registry from here, beside what any program needs. */
export function readNpmEnvironment(): Record<string, string> {
  const names =
    /^(npm_config_(registry|cafile|userconfig|globalconfig)|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|.*_proxy)$/i;
  const given = Object.entries(process.env).filter(([name]) => names.test(name));
  return { ...readBaseEnvironment(), ...(Object.fromEntries(given) as Record<string, string>) };
}
