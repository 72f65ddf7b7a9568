import { logConfig, storeConfig } from '@orderlane/runtime/common-config';
import { port, text } from '@orderlane/runtime/config-fields';
import { z } from 'zod';

/** The environment of the console. */
export const configSchema = z.object({
  ...logConfig,
  ...storeConfig,
  /**
   * There is no sign-in, so it listens to this machine only. Another address is for a container,
   * whose own loopback nobody outside can reach: publish its port on the host's loopback.
   */
  CONSOLE_HOST: text('127.0.0.1'),
  CONSOLE_PORT: port(8081),
});
