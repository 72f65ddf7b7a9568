import type { z } from 'zod';
import { ConfigError } from './config-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The name under which users of OpenAlgo know a variable, read when ours is not set. */
const ALIASES: Environment = { SMART_ORDER_RATE_LIMIT: 'SMART_ORDER_RATE' };

/** The environment of this process. */
export function readEnvironment(): Environment {
  return process.env;
}

/**
 * Checks the environment against a schema whose keys are variable names, all of it before it
 * complains. An empty variable counts as missing; variables that the schema does not know are not
 * looked at.
 * @throws ConfigError that names every wrong variable and how to mend it
 */
export function parseConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): Readonly<z.infer<z.ZodObject<Shape>>> {
  const result = schema.safeParse(pickVariables(Object.keys(schema.shape), environment));
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(
    result.error.issues.map((issue) => ({
      variable: issue.path.join('.'),
      problem: issue.message,
    })),
  );
}

function pickVariables(names: string[], environment: Environment): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const text = readVariable(environment, name) ?? readVariable(environment, ALIASES[name] ?? '');
    if (text !== undefined) picked[name] = text;
  }
  return picked;
}

function readVariable(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}
