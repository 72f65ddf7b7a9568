import { ManageError } from '@orderlane/manage/manage-error';
import { ConfigError } from '@orderlane/runtime/config-error';
import { SecretBoxError } from '@orderlane/runtime/secret-box';
import { CliError } from './cli-error.ts';

export interface DescribedError {
  code: string;
  /** One line. */
  text: string;
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET']);

/** What people are told of any error; an unexpected one keeps its message, never its stack. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof CliError || error instanceof ManageError) {
    return describe(error.code, error.message);
  }
  if (error instanceof ConfigError) {
    const problems = error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    return describe('invalid_config', problems.join('; '));
  }
  if (error instanceof SecretBoxError) return describe('sealed_elsewhere', error.message);
  return describeDatabaseError(codeOf(error)) ?? describe('unexpected', messageOf(error));
}

function describeDatabaseError(code: string | null): DescribedError | null {
  if (code === null) return null;
  if (unreachable.has(code)) {
    return describe(
      'database_unreachable',
      `The database at DATABASE_URL does not answer (${code})`,
    );
  }
  if (code === '42P01' || code === '3F000') {
    return describe('not_migrated', 'The database has no tables yet: run "migrate" first');
  }
  if (code === '42703' || code === '42883') {
    const text = 'The database is older than this version: run "migrate" first';
    return describe('not_migrated', text);
  }
  if (code.startsWith('28') || code === '3D000') {
    return describe('database_refused', `The database refuses DATABASE_URL (${code})`);
  }
  return null;
}

function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(code: string, text: string): DescribedError {
  return { code, text: text.replaceAll(/\s*\n\s*/g, ' ').trim() };
}
