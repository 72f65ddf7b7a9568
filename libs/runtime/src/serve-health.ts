import { createHealthApp, type HealthOptions } from './health-app.ts';
import { type ServedApp, type ServeOptions, serveApp } from './serve-app.ts';

/**
 * Serves `/healthz`, `/readyz` and `/metrics` for a process that listens for nothing else.
 * @throws ConfigError that names the variable when the port cannot be used
 */
export async function serveHealth(
  options: HealthOptions & Omit<ServeOptions, 'app'>,
): Promise<ServedApp> {
  return await serveApp({ ...options, app: createHealthApp(options) });
}
