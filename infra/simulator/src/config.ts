import { z } from 'zod';
import { parseRates } from './limits/rate.ts';
import { defaultOptions, type SimulatorOptions } from './options.ts';

const rate = z.string().refine(isRate, 'must be like "10 per second"');

/** The environment of the simulator. */
export const configSchema = z.object({
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .refine((port) => port !== 5000, 'must not be 5000, where a real OpenAlgo listens')
    .default(5055),
  SIMULATOR_API_KEY: z.string().min(1).default('simulator-key'),
  SIMULATOR_API_KEY_PREFIX: z.string().min(1).optional(),
  SIMULATOR_MODE: z.enum(['live', 'analyze']).default('live'),
  SIMULATOR_BROKER: z.string().default(defaultOptions.broker),
  SIMULATOR_LIMITS: z.enum(['on', 'off']).default('on'),
  SIMULATOR_LIMIT_SCOPE: z.enum(['address', 'account']).default('address'),
  SIMULATOR_ORDER_RATE_LIMIT: rate.default('10 per second'),
  SIMULATOR_SMART_ORDER_RATE_LIMIT: rate.default('10 per second'),
  SIMULATOR_API_RATE_LIMIT: rate.default('50 per second'),
  SIMULATOR_CLIENT_ORDER_IDS: z.enum(['on', 'off']).default('off'),
  SIMULATOR_TIME_SCALE: z.coerce.number().gt(0).default(1),
  SIMULATOR_BOOKS_FILE: z.string().min(1).optional(),
  TRADING_CLOCK: z.string().optional(),
});

/** Where the simulator listens, and how it begins. */
export interface SimulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly booksFile: string | undefined;
  readonly options: Partial<SimulatorOptions>;
}

/**
 * Reads the environment.
 *
 * @throws Error that names every wrong variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): SimulatorConfig {
  const parsed = configSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`wrong environment variables: ${wrong.join('; ')}`, { cause: parsed.error });
  }
  const values = parsed.data;
  return {
    host: values.SIMULATOR_HOST,
    port: values.SIMULATOR_PORT,
    booksFile: values.SIMULATOR_BOOKS_FILE,
    options: {
      apikeys: values.SIMULATOR_API_KEY.split(','),
      apikeyPrefix: values.SIMULATOR_API_KEY_PREFIX,
      mode: values.SIMULATOR_MODE,
      broker: values.SIMULATOR_BROKER,
      limits: limitsOf(values),
      limitScope: values.SIMULATOR_LIMIT_SCOPE,
      clientOrderIds: values.SIMULATOR_CLIENT_ORDER_IDS === 'on',
      timeScale: values.SIMULATOR_TIME_SCALE,
      clock: values.TRADING_CLOCK,
    },
  };
}

function limitsOf(values: z.infer<typeof configSchema>): SimulatorOptions['limits'] {
  if (values.SIMULATOR_LIMITS === 'off') return 'off';
  return {
    order: values.SIMULATOR_ORDER_RATE_LIMIT,
    smartOrder: values.SIMULATOR_SMART_ORDER_RATE_LIMIT,
    api: values.SIMULATOR_API_RATE_LIMIT,
  };
}

function isRate(text: string): boolean {
  try {
    return parseRates(text).length > 0;
  } catch {
    return false;
  }
}
