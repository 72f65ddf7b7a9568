import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditFilter } from '@orderlane/db/audit-chain';
import type { Db } from '@orderlane/db/open-db';
import { type ExportFormat, exportAudit, exportOrderEvents } from '@orderlane/manage/export-audit';
import type { Answer, Cli } from '../cli.ts';
import { causedError } from '../cli-error.ts';
import { inSnapshot } from '../with-db.ts';

export interface AskedExport {
  /** The moves of orders instead of what people changed. */
  orders: boolean;
  format: ExportFormat;
  filter: AuditFilter;
}

/** Writes the log to stdout, as of one instant. */
export async function printExport(cli: Cli, asked: AskedExport): Promise<void> {
  await inSnapshot(cli, async (db) => {
    try {
      await pipeline(Readable.from(read(db, asked)), cli.stdout, { end: false });
    } catch (error) {
      // Who reads it had enough: `… | head`.
      if (!hasCode(error, 'EPIPE')) throw error;
    }
  });
}

/** Writes the log to a new file. @throws CliError file_not_written */
export async function writeExport(
  cli: Cli,
  { file, ...asked }: AskedExport & { file: string },
): Promise<Answer> {
  await inSnapshot(cli, async (db) => await write(file, read(db, asked)));
  return { data: { file, format: asked.format }, text: `Written to ${file}` };
}

function read(db: Db, { orders, format, filter }: AskedExport): AsyncGenerator<string> {
  return orders ? exportOrderEvents(db, { filter, format }) : exportAudit(db, { filter, format });
}

/** A half-written export is none. */
async function write(file: string, pieces: AsyncGenerator<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      throw causedError(error, 'file_not_written', `${file} is there already: name another file`);
    }
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EACCES')) await rm(file, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw causedError(error, 'file_not_written', `${file} could not be written: ${why}`);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
