import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { type CliError, causedError } from '../cli-error.ts';

/** How long somebody else may write to the file meanwhile (ms). */
const patienceMs = 3000;

/** What SQLite's result codes mean to a person who names a file; extended codes end in these. */
const problems: Record<number, [code: string, text: string]> = {
  5: ['locked_file', 'another program has it locked: stop OpenAlgo, or take a copy of the file'],
  6: ['locked_file', 'another program has it locked: stop OpenAlgo, or take a copy of the file'],
  10: ['unreadable_file', 'it cannot be read as a file'],
  11: ['damaged_file', 'it is damaged, or only a part of the file'],
  14: ['unreadable_file', 'it cannot be opened'],
  26: ['not_sqlite', 'it is no SQLite database'],
};

/**
 * Reads from a SQLite file, all of it as of one instant, and writes nothing.
 * @throws CliError no_such_file, not_sqlite, damaged_file, locked_file, unreadable_file
 */
export async function readSqlite<T>(file: string, read: (db: DatabaseSync) => T): Promise<T> {
  const found = await stat(file).catch((error: unknown) => {
    throw causedError(error, 'no_such_file', `There is no file ${file}`);
  });
  if (!found.isFile()) {
    throw causedError(undefined, 'unreadable_file', `${file} is no file`);
  }
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: patienceMs });
    db.exec('begin');
    assertWhole(db);
    return read(db);
  } catch (error) {
    throw toCliError(file, error);
  } finally {
    db?.close();
  }
}

/** A file that was cut off, or copied while it was written, may open all the same. */
function assertWhole(db: DatabaseSync): void {
  const [row] = db.prepare('pragma quick_check(1)').all();
  const [said] = Object.values(row ?? {});
  if (said !== 'ok') throw new DamagedError(String(said));
}

class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

function toCliError(file: string, error: unknown): unknown {
  if (error instanceof DamagedError) return describe(file, 11, error);
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  return describe(file, Number(error.errcode) & 0xff, error);
}

function describe(file: string, code: number, error: Error): CliError {
  const [name, text] = problems[code] ?? ['unreadable_file', error.message];
  return causedError(error, name, `Cannot read ${file}: ${text}`);
}
