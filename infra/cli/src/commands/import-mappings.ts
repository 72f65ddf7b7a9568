import { readFile } from 'node:fs/promises';
import { mappingData } from '@orderlane/manage/mapping-data';
import { readMappingsCsv } from '@orderlane/manage/read-mappings-csv';
import { readPiped } from '../ask.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError, causedError } from '../cli-error.ts';
import { storeMappings } from '../store-mappings.ts';

/** Characters; some 20,000 mappings. */
const longestFile = 1_000_000;

/**
 * Adds the mappings of a CSV file, all or none.
 * @param args.file `-` is stdin
 * @throws CliError, ManageError
 */
export async function importMappings(
  cli: Cli,
  args: { strategy: string; file: string },
): Promise<Answer> {
  const csv = args.file === '-' ? await readPiped(cli.stdin, longestFile) : await read(args.file);
  const { added, warnings } = await storeMappings(cli, args.strategy, readMappingsCsv(csv));
  const text = [
    `Added ${added.length} mappings`,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
  return { data: { added: added.map(mappingData), warnings }, text: text.join('\n') };
}

async function read(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw causedError(error, 'unreadable_file', `Cannot read ${file}`);
  });
  if (text.length <= longestFile) return text;
  throw new CliError('input_too_long', `More than ${longestFile} characters are in ${file}`);
}
