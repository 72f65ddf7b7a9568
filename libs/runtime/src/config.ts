import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { isSecretField } from './config-fields.ts';
import { withDatabasePassword } from './database-password.ts';
import { type Environment, type Reading, readPlain, readSecret } from './read-variable.ts';

export type { Environment } from './read-variable.ts';

/** The name under which users of OpenAlgo know a variable, read when ours is not set. */
const ALIASES: Environment = { SMART_ORDER_RATE_LIMIT: 'SMART_ORDER_RATE' };

/** The environment of this process. */
export function readEnvironment(): Environment {
  return process.env;
}

/**
 * Checks the environment against a schema whose keys are variable names, all of it before it
 * complains. An empty variable counts as missing; variables that the schema does not know are not
 * looked at. What is secret may stand in a file (`NAME_FILE`).
 * @throws ConfigError that names every wrong variable and how to mend it
 */
export function parseConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): Readonly<z.infer<z.ZodObject<Shape>>> {
  const { picked, problems } = pickVariables(schema.shape, environment);
  const result = schema.safeParse(picked);
  if (result.success && problems.length === 0) return Object.freeze(result.data);
  const unread = new Set(problems.map(({ variable }) => variable.replace(/_FILE$/, '')));
  const issues = (result.error?.issues ?? []).map(({ path, message }) => ({
    variable: path.join('.'),
    problem: message,
  }));
  // What a file did not give is not missing besides.
  throw new ConfigError([...problems, ...issues.filter(({ variable }) => !unread.has(variable))]);
}

function pickVariables(shape: z.ZodRawShape, environment: Environment) {
  const picked: Record<string, string> = {};
  const problems: ConfigProblem[] = [];
  const take = (name: string, reading: Reading) => {
    if ('problem' in reading) problems.push(reading);
    else if (reading.value !== undefined) picked[name] = reading.value;
  };
  for (const [name, field] of Object.entries(shape)) take(name, read(name, field, environment));
  const { DATABASE_URL: url, DATABASE_PASSWORD: password } = picked;
  if (url !== undefined && password !== undefined)
    take('DATABASE_URL', withDatabasePassword(url, password));
  return { picked, problems };
}

function read(name: string, field: unknown, environment: Environment): Reading {
  if (isSecretField(field)) return readSecret(environment, name);
  return {
    value: readPlain(environment, name) ?? readPlain(environment, ALIASES[name] ?? ''),
  };
}
