import type { Mapping } from '@orderlane/domain/mapping';
import type { SaveIssue } from '@orderlane/domain/save-issue';

/** A mapping that is not stored yet. */
export interface MappingToAdd extends Omit<Mapping, 'id'> {
  /** The line of the file that it came from, counted from 1. */
  line?: number;
}

/** What is wrong with one of several, with where it stands: by its line, or else by its place. */
export function atMapping(
  { line }: Pick<MappingToAdd, 'line'>,
  index: number,
  { field, text }: SaveIssue,
): SaveIssue {
  const number = line ?? index + 1;
  const where = line === undefined ? 'mapping' : 'line';
  return { field: `${number}.${field}`, text: `${where} ${number}: ${text}` };
}
